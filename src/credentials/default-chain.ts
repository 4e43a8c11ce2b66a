import { createHash } from 'node:crypto';
import { join } from 'node:path';

import * as v from 'valibot';

import { parseAwsFile, profileIn } from './aws-files.js';

/** What the operator brought along. */
export type OwnCredentials =
  /** `what` says where they come from, e.g. `profile acme (SSO)`. */
  | { readonly kind: 'there'; readonly what: string }
  /** `why`, and what to do about it. */
  | { readonly kind: 'unusable'; readonly why: string; readonly advice: string };

/** Where to look. */
export interface ChainLook {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The text of a small file; undefined when it cannot be read. */
  readonly readText: (file: string) => Promise<string | undefined>;
}

/**
 * Where the AWS SDK's default chain takes credentials from, found out from names alone: no value is kept, nothing is
 * asked over the network, no program is run. The order is that of the SDK for JavaScript v3, in which a named profile
 * goes before keys in the environment. Its last link, the EC2 instance metadata, is left out: it takes seconds to be
 * absent.
 *
 * @returns undefined when the chain has nothing
 */
export async function defaultChain(look: ChainLook): Promise<OwnCredentials | undefined> {
  const has = (...names: string[]): boolean => names.every((name) => given(look, name) !== undefined);
  const named = given(look, 'AWS_PROFILE');
  if (named === undefined && has('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY')) {
    return there('keys in the environment');
  }
  const byProfile = await profileSource(look, named ?? 'default');
  if (byProfile !== undefined) return byProfile;
  if (has('AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN')) return there('web identity');
  if (has('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI') || has('AWS_CONTAINER_CREDENTIALS_FULL_URI')) {
    return there('role of the container');
  }
  if (named === undefined) return undefined;
  return unusable(
    `profile ${named} has no credentials`,
    'correct AWS_PROFILE; aws configure list-profiles lists them',
  );
}

function there(what: string): OwnCredentials {
  return { kind: 'there', what };
}

function unusable(why: string, advice: string): OwnCredentials {
  return { kind: 'unusable', why, advice };
}

function given({ env }: ChainLook, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}

/** What a profile can hold, in the order in which the SDK looks for it. */
const KINDS = [
  { kind: 'role', keys: ['role_arn', 'source_profile'] },
  { kind: 'role', keys: ['role_arn', 'credential_source'] },
  { kind: 'keys', keys: ['aws_access_key_id', 'aws_secret_access_key'] },
  { kind: 'web identity', keys: ['web_identity_token_file', 'role_arn'] },
  { kind: 'process', keys: ['credential_process'] },
  { kind: 'SSO', keys: ['sso_session'] },
  { kind: 'SSO', keys: ['sso_start_url'] },
  { kind: 'login', keys: ['login_session'] },
];

async function profileSource(look: ChainLook, name: string): Promise<OwnCredentials | undefined> {
  const folder = join(look.home, '.aws');
  const [config, credentials] = await Promise.all([
    look.readText(given(look, 'AWS_CONFIG_FILE') ?? join(folder, 'config')),
    look.readText(given(look, 'AWS_SHARED_CREDENTIALS_FILE') ?? join(folder, 'credentials')),
  ]);
  const profile = profileIn(parseAwsFile(config ?? ''), parseAwsFile(credentials ?? ''), name);
  const kind = KINDS.find(({ keys }) => keys.every((key) => profile?.has(key)))?.kind;
  if (profile === undefined || kind === undefined) return undefined;
  const session = profile.get('sso_session') ?? profile.get('sso_start_url');
  if (kind === 'SSO' && session !== undefined && !(await ssoIsValid(look, session))) {
    return unusable(`profile ${name}: the SSO session has expired`, `aws sso login --profile ${name}`);
  }
  return there(`profile ${name} (${kind})`);
}

const SsoToken = v.object({
  expiresAt: v.string(),
  refreshToken: v.optional(v.string()),
  registrationExpiresAt: v.optional(v.string()),
});

/**
 * Whether the token that `aws sso login` left, in a file named by the SHA-1 of the session's name (or of the start URL),
 * is still good, or good for a new one.
 */
async function ssoIsValid({ home, now, readText }: ChainLook, session: string): Promise<boolean> {
  const name = `${createHash('sha1').update(session).digest('hex')}.json`;
  const text = await readText(join(home, '.aws', 'sso', 'cache', name));
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), SsoToken), text);
  if (!parsed.success) return false;
  const { expiresAt, refreshToken, registrationExpiresAt = '' } = parsed.output;
  const renewable = refreshToken !== undefined && Date.parse(registrationExpiresAt) > now();
  return renewable || Date.parse(expiresAt) > now();
}
