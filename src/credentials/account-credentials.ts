import { homedir } from 'node:os';

import type { AwsAccount } from '../app-interface/accounts.js';
import { readTextIfAny } from '../bounded-file.js';
import { FailedError, messageOf } from '../errors.js';
import { Secret } from '../secret.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import { defaultChain } from './default-chain.js';
import type { SecretReader } from './secret-reader.js';

/** Of an AWS configuration or credentials file. */
const MAX_FILE_BYTES = 1024 * 1024;

export interface CredentialSources {
  /** `--aws-profile` */
  readonly profile: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where app-interface keeps its secrets; undefined when that cannot be reached. */
  readonly secrets: SecretReader | undefined;
}

/**
 * Credentials for an account: the operator's own (profile, environment, SSO: the SDK's default chain), else those of
 * the account's automation secret. Whether they are of the right account, `verifyIdentity` tells.
 *
 * @throws FailedError `NoCredentials` naming all that was tried
 */
export async function accountCredentials(
  account: AwsAccount,
  sources: CredentialSources,
): Promise<AwsCredentials> {
  const tried: string[] = [];
  if (sources.profile !== undefined || (await hasOwnCredentials(sources))) {
    try {
      return await fromSdkChain(sources.profile);
    } catch (error) {
      const what =
        sources.profile === undefined ? "the SDK's default chain" : `the profile ${sources.profile}`;
      tried.push(`${what}: ${messageOf(error)}`);
      if (sources.profile !== undefined) throw noCredentials(account, tried);
    }
  }
  if (sources.secrets === undefined) throw noCredentials(account, [...tried, 'no secret store']);
  try {
    return fromSecret(await sources.secrets.readAll(account.automationToken), account.automationToken.path);
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    throw noCredentials(account, [...tried, error.message]);
  }
}

/**
 * The operator's own credentials, whatever account they are of: by a profile, else by the SDK's default chain.
 *
 * @throws FailedError `NoCredentials`
 */
export async function ownCredentials(
  sources: Pick<CredentialSources, 'profile' | 'env' | 'now'>,
): Promise<AwsCredentials> {
  const advice = { hint: 'give --aws-profile NAME, or set AWS_PROFILE' };
  if (sources.profile === undefined && !(await hasOwnCredentials(sources))) {
    throw new FailedError('NoCredentials', 'there are no AWS credentials', advice);
  }
  try {
    return await fromSdkChain(sources.profile);
  } catch (error) {
    const message = `no AWS credentials can be had: ${messageOf(error)}`;
    throw new FailedError('NoCredentials', message, { ...advice, cause: error });
  }
}

/** The credentials in an account's automation secret (app-interface-aws §12.1). @throws FailedError `SecretInvalid` */
export function fromSecret(fields: ReadonlyMap<string, Secret>, path: string): AwsCredentials {
  const accessKeyId = fields.get('aws_access_key_id');
  const secretAccessKey = fields.get('aws_secret_access_key');
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new FailedError(
      'SecretInvalid',
      `the secret ${path} lacks aws_access_key_id or aws_secret_access_key`,
    );
  }
  return {
    accessKeyId: accessKeyId.reveal(),
    secretAccessKey,
    sessionToken: undefined,
    source: `the secret ${path}`,
  };
}

/**
 * Whether the operator brought credentials. Looked for first, because the SDK's chain ends at the metadata service of
 * EC2, for which it waits.
 */
async function hasOwnCredentials({ env, now }: Pick<CredentialSources, 'env' | 'now'>): Promise<boolean> {
  const readText = (file: string): Promise<string | undefined> => readTextIfAny(file, MAX_FILE_BYTES);
  return (await defaultChain({ env, now, home: env['HOME'] ?? homedir(), readText })) !== undefined;
}

/** The SDK would tell people on stderr what it thinks of their environment. */
const SILENT = { debug: silence, info: silence, warn: silence, error: silence };

function silence(): void {
  // Nothing is said.
}

/** Credentials as the AWS SDK finds them: by a profile, or by the environment and all that comes after it. */
export async function fromSdkChain(profile: string | undefined): Promise<AwsCredentials> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const chain = fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    maxRetries: 0,
    timeout: 1000,
    logger: SILENT,
  });
  const found = await chain();
  return {
    accessKeyId: found.accessKeyId,
    secretAccessKey: new Secret(found.secretAccessKey),
    sessionToken: found.sessionToken === undefined ? undefined : new Secret(found.sessionToken),
    source: profile === undefined ? "the SDK's default chain" : `the profile ${profile}`,
  };
}

function noCredentials(account: AwsAccount, tried: readonly string[]): FailedError {
  return new FailedError(
    'NoCredentials',
    `no AWS credentials for account ${account.name} (${account.uid}): ${tried.join('; ')}`,
    { hint: 'give --aws-profile NAME, set AWS_PROFILE, or let --config name the secret store' },
  );
}
