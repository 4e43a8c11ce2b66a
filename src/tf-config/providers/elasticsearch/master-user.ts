import { FailedError } from '../../../errors.js';
import { isWholeSecret, type AnswerValue, type Need } from '../../model/need.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonJson } from '../../model/python.js';
import { passwordFlaws } from './password.js';

/** The first internal user of a domain, as it stands in the config. */
export interface MasterUser {
  readonly master_user_name: string;
  readonly master_user_password: string;
  /** JSON text of both, for Secrets Manager. */
  readonly secretString: string;
}

type Credentials = Record<'master_user_name' | 'master_user_password', string>;

/**
 * Reads the user from its secret. When that is out of reach it is the one that the state's outputs have, else
 * placeholder variables.
 *
 * @throws FailedError when the secret has other keys, or with `strict` a password that AWS refuses
 */
export function masterUser(
  context: RenderContext,
  need: Extract<Need, { kind: 'secret' }>,
  { strict }: { strict: boolean },
): MasterUser {
  const answer = context.answer(need);
  if (!answer.known) return userOfState(context, need);
  const credentials = checkedCredentials(answer.value, need.secret.path);
  if (strict) checkPassword(credentials, need.secret.path);
  return {
    master_user_name: context.sensitive('master_user_name', credentials.master_user_name),
    master_user_password: context.sensitive('master_user_password', credentials.master_user_password),
    secretString: context.sensitive('secret_string', secretText(credentials)),
  };
}

function userOfState(context: RenderContext, need: Need): MasterUser {
  const name = context.existing('master_user_name');
  const password = context.existing('master_user_password');
  if (name !== undefined && password !== undefined) {
    const credentials = { master_user_name: name, master_user_password: password };
    return {
      master_user_name: context.fromOutside(need, 'master_user_name', { existing: name, sensitive: true }),
      master_user_password: context.fromOutside(need, 'master_user_password', {
        existing: password,
        sensitive: true,
      }),
      secretString: context.sensitive('secret_string', secretText(credentials)),
    };
  }
  const user = {
    master_user_name: context.fromOutside(need, 'master_user_name', { sensitive: true }),
    master_user_password: context.fromOutside(need, 'master_user_password', { sensitive: true }),
  };
  return { ...user, secretString: secretTemplate(user) };
}

/** What `secretText` gives, put together by Terraform when it is told the placeholders. */
function secretTemplate({ master_user_name: name, master_user_password: password }: Credentials): string {
  const quoted = (reference: string): string => reference.replace(/^\$\{(.+)\}$/, '${jsonencode($1)}');
  return `{"master_user_name": ${quoted(name)}, "master_user_password": ${quoted(password)}}`;
}

function secretText(credentials: Credentials): string {
  return pythonJson(credentials, { sortKeys: true });
}

function checkedCredentials(secret: AnswerValue, path: string): Credentials {
  const whole = isWholeSecret(secret) ? secret : {};
  const { master_user_name: name, master_user_password: password, ...others } = whole;
  if (typeof name === 'string' && typeof password === 'string' && Object.keys(others).length === 0) {
    return { master_user_name: name, master_user_password: password };
  }
  throw new FailedError(
    'SecretInvalid',
    `the secret ${path} must have the keys master_user_name and master_user_password and no others`,
    { hint: `it has: ${Object.keys(whole).join(', ')}` },
  );
}

function checkPassword({ master_user_password: password }: Credentials, path: string): void {
  const flaws = passwordFlaws(password);
  if (flaws.length === 0) return;
  throw new FailedError(
    'PasswordTooWeak',
    `AWS will refuse the master_user_password of the secret ${path}: it has ${flaws.join(', ')}`,
  );
}
