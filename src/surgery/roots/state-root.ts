import { basename } from 'node:path';

import type { AccountRootRequest } from '../../accounts/account-root.js';
import type { AwsCredentials } from '../../clients/aws/credentials.js';
import { ownStsOrigin } from '../../approval/sts/endpoint.js';
import { awsStandIn } from '../../approval/sts/stand-in.js';
import { callerIdentity, type CallerIdentity } from '../../clients/aws/identity.js';
import { backendCredentials } from '../../credentials/backend-credentials.js';
import { UsageError } from '../../errors.js';
import type { SourceChoice } from '../../qontract-server/sources/choose.js';
import { withEndpoint } from '../../rendering/render.js';
import { configurationOf } from '../../terraform/configuration/document-configuration.js';
import { openDirRoot, type DirRoot } from '../../terraform/dir/open-dir-root.js';
import type { Backend } from '../../terraform/root.js';
import type { TerraformOptions } from '../../terraform/terraform.js';
import { withWorkdir } from '../../terraform/workdir.js';
import type { World } from '../../world.js';
import { privateAccountRoot, privateDirRoot } from './private-roots.js';
import type { SurgeryRequest } from '../request/request.js';
import type { PrivateRoot } from '../terraform/private-copy.js';
import { openLocalStateStore } from '../store/local/local-state-store.js';
import type { StorePlace } from '../store/s3/connection.js';
import type { StateStore } from '../store/store.js';

/** Whose state it is about. */
export interface StateRootRequest extends Omit<AccountRootRequest, 'account'> {
  readonly account: string | undefined;
  /** A folder with a configuration, as the user wrote it. */
  readonly dir: string | undefined;
  readonly source: SourceChoice;
  /** For states that terraform alone can reach. */
  readonly terraform: Omit<TerraformOptions, 'folder'>;
}

/** Ourselves, as AWS knows us. */
export interface AwsSelf extends CallerIdentity {
  readonly credentials: AwsCredentials;
  readonly region: string;
  /** e.g. `aws` or `aws-us-gov` */
  readonly partition: string;
}

/** A root of which nothing but the state is of interest. */
export interface StateRoot {
  readonly name: string;
  readonly store: StateStore;
  readonly account: SurgeryRequest['account'] | undefined;
  /** Who we are for AWS; undefined: nobody had to be asked. */
  readonly aws: AwsSelf | undefined;
  /** Whether the reconcile loop leaves the state alone; undefined: it has nothing to do with it. */
  readonly loopIsOff: boolean | undefined;
  /** Whether the configuration wants an instance; undefined: it does not tell before terraform runs. */
  readonly isConfigured: (address: string) => boolean | undefined;
  /** The root in a private folder (0700), where terraform can be run without a trace. */
  readonly privateRoot: (folder: string) => Promise<PrivateRoot>;
}

/**
 * Opens the state of an account or of a folder. Terraform is run only for backends that it alone can reach.
 *
 * @throws UsageError `SubjectMissing`, `DirMissing`; FailedError about credentials and data, `InitFailed`
 */
export async function withStateRoot<T>(
  request: StateRootRequest,
  world: World,
  action: (root: StateRoot) => Promise<T>,
): Promise<T> {
  const { account, dir } = request;
  if (dir !== undefined) return withFolder(await openDirRoot(dir, world), request, world, action);
  if (account !== undefined) return using(await openAccount({ ...request, account }, world), action);
  throw new UsageError('SubjectMissing', 'nothing says whose state it is', {
    hint: 'give --account NAME or --dir DIR',
  });
}

async function using<T>(root: StateRoot, action: (root: StateRoot) => Promise<T>): Promise<T> {
  try {
    return await action(root);
  } finally {
    root.store.close();
  }
}

async function openAccount(request: StateRootRequest & AccountRootRequest, world: World): Promise<StateRoot> {
  const { openAccountRoot } = await import('../../accounts/account-root.js');
  const { account, root, credentials, loopIsOff, config, location } = await withWorkdir(
    { keep: false, signal: world.signal },
    (folder) => withEndpoint(request, world, (endpoint) => openAccountRoot(endpoint, request, folder, world)),
  );
  const { openS3StateStore } = await import('../store/s3/s3-state-store.js');
  const place = { region: location.region, credentials, signal: world.signal, ...standInIn(world) };
  const aws = await selfOf(credentials, account.resourcesDefaultRegion, world);
  const configuration = configurationOf(config.document, 'terraform');
  return {
    ...{ name: root.name, aws, loopIsOff },
    store: await openS3StateStore(location, place),
    account: { uid: account.uid, partition: account.partition ?? 'aws' },
    isConfigured: (address) => configuration.wants(address),
    privateRoot: (folder) => privateAccountRoot(root, config.document, folder),
  };
}

async function withFolder<T>(
  root: DirRoot,
  request: StateRootRequest,
  world: World,
  action: (root: StateRoot) => Promise<T>,
): Promise<T> {
  const { backend, config, folder } = root;
  const place = { env: world.env, profile: request.awsProfile };
  const rest: Omit<StateRoot, 'store' | 'account' | 'aws'> = {
    ...{ name: basename(folder), loopIsOff: undefined },
    isConfigured: (address) => config.wants(address),
    privateRoot: (into) => privateDirRoot(root, { ...place, folder: into }),
  };
  if (backend.type !== 'other') {
    return using({ ...rest, ...(await openBackend(backend, request, world)) }, action);
  }
  const { openThroughTerraform } = await import('./through-terraform.js');
  return withWorkdir({ keep: false, signal: world.signal }, async (own) => {
    const store = await openThroughTerraform(root, backend.name, { ...request, folder: own }, world);
    return using({ ...rest, store, account: undefined, aws: undefined }, action);
  });
}

async function openBackend(
  backend: Exclude<Backend, { type: 'other' }>,
  { awsProfile: profile }: StateRootRequest,
  world: World,
): Promise<Pick<StateRoot, 'store' | 'account' | 'aws'>> {
  const { env, now, signal } = world;
  if (backend.type === 'local') {
    return { store: openLocalStateStore(backend.path, env), account: undefined, aws: undefined };
  }
  const credentials = await backendCredentials(backend, { profile, env, now }, signal);
  const aws = await selfOf(credentials, backend.region, world);
  const { openS3StateStore } = await import('../store/s3/s3-state-store.js');
  const store = await openS3StateStore(backend, {
    ...{ region: backend.region, credentials, signal },
    ...standInIn(world),
  });
  return { store, aws, account: { uid: aws.account, partition: aws.partition } };
}

/** Who we are, as the STS says that verifies proofs. */
async function selfOf(
  credentials: AwsCredentials,
  region: string,
  { env, signal }: Pick<World, 'env' | 'signal'>,
): Promise<AwsSelf> {
  const endpoint = ownStsOrigin(region, env);
  const identity = await callerIdentity(credentials, region, signal, endpoint);
  return { ...identity, credentials, region, partition: identity.arn.split(':')[1] ?? 'aws' };
}

/** Where a server stands in for AWS, states are nowhere else, whatever a profile says. */
function standInIn({ env }: Pick<World, 'env'>): Pick<StorePlace, 'standIn'> {
  const standIn = awsStandIn(env);
  return standIn === undefined ? {} : { standIn };
}
