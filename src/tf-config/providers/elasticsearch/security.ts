import { FailedError } from '../../../errors.js';
import type { Json, JsonObject } from '../../../json.js';
import { expectNumber, expectObject, expectText } from '../../model/expect.js';
import type { Need } from '../../model/need.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import { masterUser, type MasterUser } from './master-user.js';

type SecretNeed = Extract<Need, { kind: 'secret' }>;

/** How a domain tells its users apart. */
interface Security {
  /** The argument `advanced_security_options`, but for the user that `secret` holds. */
  readonly options: JsonObject;
  /** Holds the first of the internal users. */
  readonly secret?: SecretNeed;
  /** Whether the user's password is checked; not for those that say it in the deprecated way. */
  readonly strict: boolean;
}

/** The secret that the values name for the master user. */
export function masterUserSecret(values: JsonObject): SecretNeed | undefined {
  return securityOf(values)?.secret;
}

/**
 * The argument `advanced_security_options`, and the master user if the domain has internal users. Undefined when the
 * values say nothing of it.
 *
 * @throws FailedError when the user's secret will not do
 */
export function domainSecurity(
  context: RenderContext,
  values: JsonObject,
): { options: JsonObject; user?: MasterUser } | undefined {
  const security = securityOf(values);
  if (security === undefined) return undefined;
  const { options, secret, strict } = security;
  const hasInternalUsers = truthy(options['internal_user_database_enabled']);
  if (secret === undefined) {
    if (!hasInternalUsers) return { options };
    throw new FailedError(
      'ValueMissing',
      'advanced_security_options.master_user_options is missing, though internal_user_database_enabled is on',
    );
  }
  const user = masterUser(context, secret, { strict });
  const { master_user_name, master_user_password } = user;
  const withUser = { ...options, master_user_options: { master_user_name, master_user_password } };
  return hasInternalUsers ? { options: withUser, user } : { options: withUser };
}

function securityOf(values: JsonObject): Security | undefined {
  const { auth, advanced_security_options: deprecated } = values;
  if (truthy(auth)) return authSecurity(expectObject(auth, 'auth'));
  if (!truthy(deprecated)) return undefined;
  const { master_user_options: user, ...options } = expectObject(deprecated, 'advanced_security_options');
  if (!truthy(user)) return { options, strict: false };
  const where = 'advanced_security_options.master_user_options';
  const secret = expectObject(user, where)['master_user_secret'];
  return { options, secret: secretNeed(secret, `${where}.master_user_secret`), strict: false };
}

function authSecurity({ admin_user_arn: arn, admin_user_credentials: secret }: JsonObject): Security {
  if (arn === undefined || !truthy(arn)) {
    const options = { enabled: true, internal_user_database_enabled: true };
    return { options, secret: secretNeed(secret, 'auth.admin_user_credentials'), strict: true };
  }
  const options = { enabled: true, internal_user_database_enabled: false };
  return { options: { ...options, master_user_options: { master_user_arn: arn } }, strict: true };
}

function secretNeed(value: Json | undefined, what: string): SecretNeed {
  const { path, version } = expectObject(value, what);
  return {
    kind: 'secret',
    secret: {
      path: expectText(path, `${what}.path`),
      field: 'all',
      ...(version === undefined || version === null
        ? {}
        : { version: expectNumber(version, `${what}.version`) }),
    },
  };
}
