import { openAccountState } from '../accounts/account-state.js';
import { readStateObject } from '../clients/aws/state-object.js';
import { ownCredentials } from '../credentials/account-credentials.js';
import { backendCredentials } from '../credentials/backend-credentials.js';
import type { Config } from '../config/config.js';
import { FailedError } from '../errors.js';
import { withEndpoint } from '../rendering/render.js';
import type { SourceChoice } from '../qontract-server/sources/choose.js';
import { openDirRoot, type DirRoot } from '../terraform/dir/open-dir-root.js';
import { initDirRoot, prepareDirRoot } from '../terraform/dir/prepare-dir-root.js';
import { parseState } from '../terraform/state/parse-state.js';
import { pullState } from '../terraform/state/pull-state.js';
import { readState } from '../terraform/state/read-state.js';
import type { State } from '../terraform/state/state.js';
import { openTerraform } from '../terraform/terraform.js';
import { withWorkdir } from '../terraform/workdir.js';
import type { World } from '../world.js';

/** Whose state is to be looked at, and how it is reached. */
export interface StateRequest {
  readonly subject:
    | { readonly kind: 'account'; readonly account: string; readonly source: SourceChoice }
    /** As the user wrote it. */
    | { readonly kind: 'folder'; readonly dir: string };
  readonly config: Config;
  readonly awsProfile: string | undefined;
  /** For backends that terraform alone can read. */
  readonly terraformBin: string | undefined;
  /** Milliseconds that one run of terraform may take. */
  readonly timeoutMs: number;
  readonly cacheFolder: string;
}

export interface InspectedState {
  /** The account, or the folder. */
  readonly name: string;
  readonly state: State;
}

/**
 * Reads a state, without a provider and without a plan. Terraform is started only for backends that it alone can read.
 *
 * @throws FailedError `StateMissing`, `StateUnreadable`, `StateInvalid`, and why the account or folder cannot be used
 */
export async function inspectState(request: StateRequest, world: World): Promise<InspectedState> {
  const { subject } = request;
  const name = subject.kind === 'account' ? subject.account : subject.dir;
  const bytes =
    subject.kind === 'account'
      ? await accountState(subject, request, world)
      : await folderState(subject.dir, request, world);
  if (bytes === undefined) {
    throw new FailedError('StateMissing', `${name} has no state yet: nothing was ever written`);
  }
  return { name, state: parseState(bytes, `the state of ${name}`) };
}

async function accountState(
  { account, source }: Extract<StateRequest['subject'], { kind: 'account' }>,
  { config, awsProfile }: StateRequest,
  world: World,
): Promise<Uint8Array | undefined> {
  return withEndpoint({ source, config }, world, async (endpoint) => {
    const opened = await openAccountState(endpoint, { account, config, awsProfile }, world);
    return readStateObject(opened.location, opened.credentials, world.signal);
  });
}

async function folderState(
  dir: string,
  request: StateRequest,
  world: World,
): Promise<Uint8Array | undefined> {
  const root = await openDirRoot(dir, world);
  const { env, now, signal } = world;
  const sources = { profile: request.awsProfile, env, now };
  const { backend } = root;
  return readState(backend, {
    credentials: () =>
      backend.type === 's3' ? backendCredentials(backend, sources, signal) : ownCredentials(sources),
    pull: () => pulledState(root, request, world),
    signal,
  });
}

async function pulledState(
  root: DirRoot,
  { terraformBin: named, cacheFolder, timeoutMs, awsProfile: profile }: StateRequest,
  world: World,
): Promise<Uint8Array | undefined> {
  return withWorkdir({ keep: false, signal: world.signal }, async (folder) => {
    const terraform = await openTerraform({ named, folder, cacheFolder, timeoutMs }, world);
    const prepared = await prepareDirRoot(root, { folder, env: world.env, profile });
    await initDirRoot(prepared, terraform);
    return pullState(prepared, terraform);
  });
}
