import type { AwsAccount } from '../app-interface/accounts.js';
import type { ClusterManager } from '../app-interface/cluster-manager.js';
import { callerIdentity, requireAccount } from '../clients/aws/identity.js';
import { readObject } from '../clients/aws/objects.js';
import { readStateObject } from '../clients/aws/state-object.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import { accountCredentials } from '../credentials/account-credentials.js';
import type { SecretReader } from '../credentials/secret-reader.js';
import { FailedError } from '../errors.js';
import type { StateLocation } from '../tf-config/document.js';
import { ExistingOutputs } from '../tf-config/model/outputs.js';
import type { AccountWorld } from '../rendering/render-configs.js';
import { answerNeeds, secretsOf, type OutsideWorld } from './answer-needs.js';
import { localObject, type ReadObject } from './bucket-objects.js';
import { grantedRole, grantLookup } from './cluster-roles.js';
import type { CodeHostAccess } from './commits.js';
import { commitLookup } from './commits.js';
import { findImage } from './images.js';
import { serviceAddresses } from './service-addresses.js';
import { localZip } from './zips.js';

/** What the login page of an authenticator shows is small. */
const MAX_OBJECT_BYTES = 10 * 1024 * 1024;

/** What an account's world is made of. */
export interface AccountWorldOptions {
  readonly profile: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  /** Nothing may be asked but the configuration file. */
  readonly offline: boolean;
  /** Outputs that were given instead of the state. */
  readonly outputs: ExistingOutputs | undefined;
  readonly codeHost: CodeHostAccess;
  /** The cluster manager of a cluster; undefined: it has none. */
  readonly clusterManager: (cluster: string) => Promise<ClusterManager | undefined>;
  /** Where zips and objects of buckets are kept. */
  readonly zipFolder: string;
  /** Told what could not be done and was gone without. */
  readonly note: (text: string) => void;
}

/** The world of one account, as rendering and planning ask it. */
export interface VerifiedWorld extends AccountWorld {
  /** Looked for once, and known to be of the account. @throws FailedError `NoCredentials`, `WrongAccount`, … */
  credentials(): Promise<AwsCredentials>;
  /** The bytes of the stored state, read once; undefined: there is none yet. @throws FailedError `StateUnreadable` */
  storedState(state: StateLocation): Promise<Uint8Array | undefined>;
}

/** The world of one account. Credentials are looked for once, and checked before their first use. */
export function accountWorld(
  account: AwsAccount,
  secrets: SecretReader | undefined,
  options: AccountWorldOptions,
): VerifiedWorld {
  let verified: Promise<AwsCredentials> | undefined;
  const credentials = (): Promise<AwsCredentials> =>
    (verified ??= verifiedCredentials(account, secrets, options));
  let read: Promise<Uint8Array | undefined> | undefined;
  const storedState = (state: StateLocation): Promise<Uint8Array | undefined> =>
    (read ??= credentials().then((found) => readStateObject(state, found, options.signal)));
  return {
    ...{ credentials, storedState },
    existing: (_account, state) => existingOutputs(account, state, storedState, options),
    outside: answerNeeds(
      {
        ...(secrets === undefined ? {} : secretsOf(secrets)),
        ...onlineSystems(secrets, credentials, options),
      },
      options.offline ? 'offline' : 'tfrepair does not look it up',
      options.signal,
    ),
  };
}

/** Credentials that are known to be of the account. @throws FailedError `NoCredentials`, `WrongAccount`, … */
export async function verifiedCredentials(
  account: AwsAccount,
  secrets: SecretReader | undefined,
  { profile, env, now, signal }: Pick<AccountWorldOptions, 'profile' | 'env' | 'now' | 'signal'>,
): Promise<AwsCredentials> {
  const credentials = await accountCredentials(account, { profile, env, now, secrets });
  const identity = await callerIdentity(credentials, account.resourcesDefaultRegion, signal);
  requireAccount(identity, account, credentials);
  return credentials;
}

function onlineSystems(
  secrets: SecretReader | undefined,
  credentials: () => Promise<AwsCredentials>,
  { offline, fetch, signal, codeHost, clusterManager, zipFolder }: AccountWorldOptions,
): OutsideWorld {
  if (offline) return {};
  const commit = commitLookup(codeHost);
  const grants = grantLookup({ manager: clusterManager, secrets, fetch });
  return {
    'bucket-object': async (need, { resourcesDefaultRegion: region }) => {
      const limits = { maxBytes: MAX_OBJECT_BYTES, signal };
      const read: ReadObject = async (bucket, key) =>
        readObject({ bucket, key, region }, await credentials(), limits);
      return localObject(need, read, zipFolder);
    },
    zip: async (need) => ({ known: true, value: await localZip(need, codeHost, zipFolder) }),
    'granted-role': (need) => grantedRole(need, grants),
    'service-addresses': (need, to) => serviceAddresses(need, to, { grants, credentials, signal }),
    ...(secrets === undefined
      ? {}
      : { image: (need, to) => findImage(need, to, { credentials, secrets, commit, fetch, signal }) }),
  };
}

/** The given outputs, else those of the state when it is at hand. */
async function existingOutputs(
  account: AwsAccount,
  state: StateLocation,
  storedState: VerifiedWorld['storedState'],
  { outputs, offline, note }: AccountWorldOptions,
): Promise<ExistingOutputs> {
  if (outputs !== undefined) return outputs;
  if (offline) return ExistingOutputs.none();
  try {
    const bytes = await storedState(state);
    return bytes === undefined
      ? ExistingOutputs.none()
      : outputsOfState(bytes, `s3://${state.bucket}/${state.key}`);
  } catch (error) {
    if (!(error instanceof FailedError) || error.code === 'WrongAccount') throw error;
    note(`${account.name}: rendered without its state: ${error.message}`);
    return ExistingOutputs.none();
  }
}

function outputsOfState(bytes: Uint8Array, source: string): ExistingOutputs {
  const document = parseJson(bytes);
  if (typeof document !== 'object' || document === null || !('outputs' in document)) {
    throw new FailedError('StateUnreadable', `${source} is not a Terraform state`);
  }
  return ExistingOutputs.parse(document.outputs, source);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
