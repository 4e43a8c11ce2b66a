import { basename } from 'node:path';

import type { AccountRootRequest } from '../../accounts/account-root.js';
import type { AwsCredentials } from '../../clients/aws/credentials.js';
import { callerIdentity, type CallerIdentity } from '../../clients/aws/identity.js';
import { backendCredentials } from '../../credentials/backend-credentials.js';
import { RefusedError, UsageError } from '../../errors.js';
import type { SourceChoice } from '../../qontract-server/sources/choose.js';
import { withEndpoint } from '../../rendering/render.js';
import { configurationOf } from '../../terraform/configuration/document-configuration.js';
import { openDirRoot } from '../../terraform/dir/open-dir-root.js';
import type { Backend } from '../../terraform/root.js';
import { withWorkdir } from '../../terraform/workdir.js';
import type { World } from '../../world.js';
import { privateAccountRoot, privateDirRoot } from './private-roots.js';
import type { SurgeryRequest } from '../request/request.js';
import type { PrivateRoot } from '../terraform/private-copy.js';
import { openLocalStateStore } from '../store/local/local-state-store.js';
import type { StateStore } from '../store/store.js';

/** Whose state it is about. */
export interface StateRootRequest extends Omit<AccountRootRequest, 'account'> {
  readonly account: string | undefined;
  /** A folder with a configuration, as the user wrote it. */
  readonly dir: string | undefined;
  readonly source: SourceChoice;
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
  readonly isConfigured: (address: string) => boolean;
  /** The root in a private folder (0700), where terraform can be run without a trace. */
  readonly privateRoot: (folder: string) => Promise<PrivateRoot>;
}

/**
 * Opens the state of an account or of a folder, without running terraform.
 *
 * @throws UsageError `SubjectMissing`, `DirMissing`; RefusedError `BackendUnsupported`; FailedError about credentials and data
 */
export async function withStateRoot<T>(
  request: StateRootRequest,
  world: World,
  action: (root: StateRoot) => Promise<T>,
): Promise<T> {
  const root = await open(request, world);
  try {
    return await action(root);
  } finally {
    root.store.close();
  }
}

async function open(request: StateRootRequest, world: World): Promise<StateRoot> {
  const { account, dir } = request;
  if (dir !== undefined) return openFolder(dir, request, world);
  if (account !== undefined) return openAccount({ ...request, account }, world);
  throw new UsageError('SubjectMissing', 'nothing says whose state it is', {
    hint: 'give --account NAME or --dir DIR',
  });
}

async function openAccount(request: StateRootRequest & AccountRootRequest, world: World): Promise<StateRoot> {
  const { openAccountRoot } = await import('../../accounts/account-root.js');
  const { account, root, credentials, loopIsOff, config, location } = await withWorkdir(
    { keep: false, signal: world.signal },
    (folder) => withEndpoint(request, world, (endpoint) => openAccountRoot(endpoint, request, folder, world)),
  );
  const { openS3StateStore } = await import('../store/s3/s3-state-store.js');
  const place = { region: location.region, credentials, signal: world.signal };
  const aws = await selfOf(credentials, account.resourcesDefaultRegion, world.signal);
  const configuration = configurationOf(config.document, 'terraform');
  return {
    ...{ name: root.name, aws, loopIsOff },
    store: await openS3StateStore(location, place),
    account: { uid: account.uid, partition: account.partition ?? 'aws' },
    isConfigured: (address) => configuration.has(address),
    privateRoot: (folder) => privateAccountRoot(root, config.document, folder),
  };
}

async function openFolder(dir: string, request: StateRootRequest, world: World): Promise<StateRoot> {
  const root = await openDirRoot(dir, world);
  const { backend, config, folder } = root;
  const place = { env: world.env, profile: request.awsProfile };
  const isConfigured = (address: string): boolean => config.has(address);
  const opened = await openBackend(backend, request, world);
  return {
    ...{ name: basename(folder), isConfigured, loopIsOff: undefined, ...opened },
    privateRoot: (into) => privateDirRoot(root, { ...place, folder: into }),
  };
}

async function openBackend(
  backend: Backend,
  { awsProfile: profile }: StateRootRequest,
  { env, now, signal }: World,
): Promise<Pick<StateRoot, 'store' | 'account' | 'aws'>> {
  switch (backend.type) {
    case 'local':
      return { store: openLocalStateStore(backend.path, env), account: undefined, aws: undefined };
    case 's3': {
      const credentials = await backendCredentials(backend, { profile, env, now }, signal);
      const aws = await selfOf(credentials, backend.region, signal);
      const { openS3StateStore } = await import('../store/s3/s3-state-store.js');
      const store = await openS3StateStore(backend, { region: backend.region, credentials, signal });
      return { store, aws, account: { uid: aws.account, partition: aws.partition } };
    }
    case 'other':
      throw new RefusedError(
        'BackendUnsupported',
        `states of the backend ${backend.name} cannot be changed`,
        {
          hint: 'S3 buckets and files can',
        },
      );
  }
}

async function selfOf(credentials: AwsCredentials, region: string, signal: AbortSignal): Promise<AwsSelf> {
  const identity = await callerIdentity(credentials, region, signal);
  return { ...identity, credentials, region, partition: identity.arn.split(':')[1] ?? 'aws' };
}
