import { basename } from 'node:path';

import type { AccountRootRequest } from '../../accounts/account-root.js';
import { callerIdentity } from '../../clients/aws/identity.js';
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

/** A root of which nothing but the state is of interest. */
export interface StateRoot {
  readonly name: string;
  readonly store: StateStore;
  readonly account: SurgeryRequest['account'] | undefined;
  /** Who we are for AWS; undefined: nobody had to be asked. */
  readonly arn: string | undefined;
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
  const { arn } = await callerIdentity(credentials, account.resourcesDefaultRegion, world.signal);
  const configuration = configurationOf(config.document, 'terraform');
  return {
    ...{ name: root.name, arn, loopIsOff },
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
): Promise<Pick<StateRoot, 'store' | 'account' | 'arn'>> {
  switch (backend.type) {
    case 'local':
      return { store: openLocalStateStore(backend.path, env), account: undefined, arn: undefined };
    case 's3': {
      const credentials = await backendCredentials(backend, { profile, env, now }, signal);
      const { account: uid, arn } = await callerIdentity(credentials, backend.region, signal);
      const { openS3StateStore } = await import('../store/s3/s3-state-store.js');
      const store = await openS3StateStore(backend, { region: backend.region, credentials, signal });
      return { store, arn, account: { uid, partition: arn.split(':')[1] ?? 'aws' } };
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
