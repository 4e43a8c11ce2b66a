import type { AwsCredentials } from '../../clients/aws/credentials.js';
import { callerIdentity } from '../../clients/aws/identity.js';
import { ownCredentials } from '../../credentials/account-credentials.js';
import { backendCredentials } from '../../credentials/backend-credentials.js';
import { FailedError } from '../../errors.js';
import type { PlanningObserver, PlanningRequest } from '../../planning/planned-account.js';
import { parseTarget } from '../../terraform/address/parse.js';
import { openDirRoot, type DirRoot } from '../../terraform/dir/open-dir-root.js';
import { initDirRoot, prepareDirRoot, type PreparedDirRoot } from '../../terraform/dir/prepare-dir-root.js';
import { readLock, verifyDigest } from '../../terraform/lock/read-lock.js';
import { runPlan } from '../../terraform/plan/run-plan.js';
import { stateWrittenAt } from '../state-written-at.js';
import { parseState } from '../../terraform/state/parse-state.js';
import { pullState } from '../../terraform/state/pull-state.js';
import { readState } from '../../terraform/state/read-state.js';
import type { StateAccess } from '../../terraform/state/state-access.js';
import type { State } from '../../terraform/state/state.js';
import { ResourceReader } from '../../terraform/state/state-instances.js';
import { openTerraform, type Terraform } from '../../terraform/terraform.js';
import { withWorkdir } from '../../terraform/workdir.js';
import type { World } from '../../world.js';
import { awsQuestions } from '../aws-questions.js';
import { diagnose, type PlannedRoot, type Subject } from '../diagnose.js';
import type { RootDiagnosis } from '../diagnosis.js';
import type { Failure } from '../evidence.js';

/** A folder that is to be diagnosed. */
export interface FolderDiagnosisRequest extends Pick<
  PlanningRequest,
  'awsProfile' | 'cacheFolder' | 'keepWorkdir' | 'lock' | 'only' | 'terraformBin' | 'timeoutMs'
> {
  /** As the user wrote it. */
  readonly dir: string;
  /** Ask AWS about suspects, reading only. */
  readonly askAws: boolean;
}

/** Where resources are whose provider has a region of its own that is not written down literally. */
const DEFAULT_REGION = 'us-east-1';

/**
 * Diagnoses any Terraform or OpenTofu root, without app-interface. Nothing is written into the folder.
 *
 * @throws UsageError `AddressInvalid`, `DirMissing`; FailedError when nothing can be found out; the interruption
 */
export async function diagnoseFolder(
  request: FolderDiagnosisRequest,
  observer: PlanningObserver,
  world: World,
): Promise<RootDiagnosis> {
  for (const address of request.only) parseTarget(address);
  return withWorkdir({ keep: request.keepWorkdir, signal: world.signal }, async (folder) => {
    const { terraformBin: named, cacheFolder, timeoutMs } = request;
    const terraform = await openTerraform({ named, folder, cacheFolder, timeoutMs }, world);
    const dir = await openDirRoot(request.dir, world, terraform.product);
    const root = await prepareDirRoot(dir, { folder, env: world.env, profile: request.awsProfile });
    return diagnose(await subjectOf({ dir, root, terraform, folder }, request, observer, world));
  });
}

interface OpenedFolder {
  readonly dir: DirRoot;
  readonly root: PreparedDirRoot;
  readonly terraform: Terraform;
  /** Private. */
  readonly folder: string;
}

/** What is where the state should be; without bytes nothing was ever written. */
interface StoredBytes {
  readonly bytes: Uint8Array | undefined;
}

async function subjectOf(
  opened: OpenedFolder,
  request: FolderDiagnosisRequest,
  observer: PlanningObserver,
  world: World,
): Promise<Subject> {
  const { dir, root, terraform, folder } = opened;
  const failures: Failure[] = [];
  const reader = new ResourceReader();
  const access = accessOf(opened, request, world);
  observer.step?.('init');
  const initFailure = await failureOf(initDirRoot(root, terraform));
  const attempt = async <T>(question: Promise<T>): Promise<T | undefined> => {
    try {
      return await question;
    } catch (error) {
      if (!(error instanceof FailedError)) throw error;
      failures.push({ step: 'state', code: error.code, message: error.message });
      return undefined;
    }
  };
  const reading = async (): Promise<StoredBytes> => ({ bytes: await readState(dir.backend, access) });
  const stored = initFailure === undefined ? await attempt(reading()) : undefined;
  const state = stored?.bytes && (await attempt(parsed(stored.bytes, dir.name, reader)));
  observer.stored?.(state === undefined ? { kind: 'none' } : { kind: 'read', state });
  const lock = await attempt(readLock(dir.backend, access));
  // A state that could not be read fits no digest, which says nothing about it.
  const digest = stored && (await attempt(verifyDigest(dir.backend, stored.bytes, access)));
  return {
    ...{ name: dir.name, kind: 'folder', state, config: dir.config, failures, lock },
    ...{ terraformVersion: terraform.version, managedByErv2: undefined, now: world.now() },
    ...{ digest, stateWrittenAt: await stateWrittenAt(dir.backend, access) },
    plan: () =>
      initFailure === undefined
        ? plan(opened, reader, request, observer, world)
        : Promise.reject<PlannedRoot>(initFailure),
    aws: request.askAws ? await awsOf(dir, request, world) : undefined,
    ownersOf: () => Promise.resolve(new Map()),
    notes: request.keepWorkdir ? [`the working folder is ${folder}`] : [],
  };
}

/** The state is reached as its backend says, which may have a profile or a role of its own. */
function accessOf(
  { dir: { backend }, root, terraform }: OpenedFolder,
  { awsProfile: profile }: FolderDiagnosisRequest,
  { env, now, signal }: World,
): StateAccess {
  let found: Promise<AwsCredentials> | undefined;
  const sources = { profile, env, now };
  const find = (): Promise<AwsCredentials> =>
    backend.type === 's3' ? backendCredentials(backend, sources, signal) : ownCredentials(sources);
  return {
    credentials: () => (found ??= find()),
    pull: () => pullState(root, terraform),
    signal,
  };
}

async function plan(
  { root, terraform, folder }: OpenedFolder,
  reader: ResourceReader,
  { only: targets, lock }: FolderDiagnosisRequest,
  observer: PlanningObserver,
  world: World,
): Promise<PlannedRoot> {
  observer.step?.('plan');
  const begin = world.now();
  const run = await runPlan(root, terraform, { folder, targets, lock, reader, init: undefined }, observer);
  return { ...run, durationMs: world.now() - begin };
}

async function parsed(bytes: Uint8Array, name: string, reader: ResourceReader): Promise<State> {
  return Promise.resolve(parseState(bytes, `the state of ${name}`, reader));
}

/** AWS is asked when the root has to do with it and there are credentials; else the diagnosis goes without. */
async function awsOf(
  { config }: DirRoot,
  { awsProfile: profile }: FolderDiagnosisRequest,
  { env, now, signal }: World,
): Promise<Subject['aws']> {
  const usesAws = [...config.providers.values()].some((source) => source.endsWith('/hashicorp/aws'));
  if (!usesAws) return undefined;
  try {
    const credentials = await ownCredentials({ profile, env, now });
    const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? DEFAULT_REGION;
    const { account: uid, arn } = await callerIdentity(credentials, region, signal);
    const partition = arn.split(':')[1] ?? 'aws';
    return {
      questions: awsQuestions({ uid, partition, region, credentials, signal }),
      ...{ account: uid, automation: [] },
    };
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    return undefined;
  }
}

async function failureOf(action: Promise<void>): Promise<FailedError | undefined> {
  try {
    await action;
    return undefined;
  } catch (error) {
    if (error instanceof FailedError) return error;
    throw error;
  }
}
