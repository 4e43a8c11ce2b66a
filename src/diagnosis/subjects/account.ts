import { openAccountRoot, type AccountRoot } from '../../accounts/account-root.js';
import type { Endpoint } from '../../app-interface/endpoint.js';
import { FailedError } from '../../errors.js';
import { bothOf } from '../../both-of.js';
import { planAccount, type PlanningObserver, type PlanningRequest } from '../../planning/planned-account.js';
import { readOwners, type Owners } from '../../rendering/owners.js';
import { configurationOf } from '../../terraform/configuration/document-configuration.js';
import { parseTarget } from '../../terraform/address/parse.js';
import { readLock } from '../../terraform/lock/read-lock.js';
import { openTerraform, type Terraform } from '../../terraform/terraform.js';
import { withWorkdir } from '../../terraform/workdir.js';
import type { World } from '../../world.js';
import { awsQuestions } from '../aws-questions.js';
import { diagnose, type Subject } from '../diagnose.js';
import type { RootDiagnosis } from '../diagnosis.js';
import type { Failure } from '../evidence.js';
import { stateWrittenAt } from '../state-written-at.js';
import { shortOwners } from './owners.js';

/** What a user asks to be diagnosed. */
export interface AccountDiagnosisRequest extends PlanningRequest {
  /** Ask AWS about suspects, reading only. */
  readonly askAws: boolean;
}

/**
 * Diagnoses an account: renders its config, plans it, and looks for what is wrong.
 *
 * @throws UsageError `AddressInvalid`; FailedError when nothing can be found out: no such account, no credentials, wrong
 *   data; the interruption
 */
export async function diagnoseAccount(
  endpoint: Endpoint,
  request: AccountDiagnosisRequest,
  observer: PlanningObserver,
  world: World,
): Promise<RootDiagnosis> {
  for (const address of request.only) parseTarget(address);
  const workdir = { keep: request.keepWorkdir, signal: world.signal };
  return withWorkdir(workdir, async (folder) =>
    diagnose(await openSubject(endpoint, request, folder, observer, world)),
  );
}

async function openSubject(
  endpoint: Endpoint,
  request: AccountDiagnosisRequest,
  folder: string,
  observer: PlanningObserver,
  world: World,
): Promise<Subject> {
  observer.step?.('render');
  const { terraformBin: named, cacheFolder, timeoutMs } = request;
  const [owners, terraform] = await bothOf(
    readOwners(endpoint.connect(), request.account),
    openTerraform({ named, folder, cacheFolder, timeoutMs }, world),
  );
  try {
    const root = await openAccountRoot(endpoint, request, folder, world);
    observer.stored?.(root.stored);
    return await subjectOf(root, terraform, owners, request, observer, world);
  } catch (error) {
    if (!(error instanceof FailedError) || error.code !== 'WrongAccount') throw error;
    return foreignSubject(error, terraform, owners, world);
  }
}

async function subjectOf(
  opened: AccountRoot,
  terraform: Terraform,
  owners: Owners,
  request: AccountDiagnosisRequest,
  observer: PlanningObserver,
  world: World,
): Promise<Subject> {
  const { account, stored, config, credentials, root } = opened;
  const failures: Failure[] = [];
  if (stored.kind === 'unreadable') failures.push(failureOf('state', stored.error));
  return {
    ...baseOf(owners, terraform, world),
    state: stored.kind === 'read' ? stored.state : undefined,
    config: configurationOf(config.document, terraform.product),
    failures,
    lock: await lockOf(opened, world, failures),
    stateWrittenAt: await stateWrittenAt(root.backend, {
      credentials: () => Promise.resolve(credentials),
      signal: world.signal,
    }),
    plan: () => planAccount(opened, terraform, request, observer, world),
    aws: request.askAws
      ? {
          questions: awsQuestions({
            ...{ uid: account.uid, partition: account.partition ?? 'aws', credentials },
            ...{ region: account.resourcesDefaultRegion, signal: world.signal },
          }),
          account: account.uid,
          automation: automationUsers(opened),
        }
      : undefined,
    notes: placeholderNotes(opened, root.folder, request.keepWorkdir),
  };
}

/** With credentials of another account nothing else is asked. */
function foreignSubject(error: FailedError, terraform: Terraform, owners: Owners, world: World): Subject {
  return {
    ...baseOf(owners, terraform, world),
    ...{ state: undefined, config: undefined, lock: undefined, aws: undefined, notes: [] },
    failures: [failureOf('credentials', error)],
    plan: () => Promise.reject(error),
  };
}

function baseOf(
  owners: Owners,
  terraform: Terraform,
  world: World,
): Pick<Subject, 'name' | 'kind' | 'uid' | 'terraformVersion' | 'managedByErv2' | 'ownersOf' | 'now'> {
  const { name, uid } = owners.account;
  return {
    ...{ name, kind: 'account', uid, terraformVersion: terraform.version, now: world.now() },
    managedByErv2: owners.managedByErv2,
    ownersOf: (addresses) => Promise.resolve(shortOwners(addresses, owners)),
  };
}

/**
 * The reconcile loop takes no lock, but others may: also where the backend is not configured for it, a lock file says
 * that somebody is at work.
 */
async function lockOf(
  { root, credentials }: AccountRoot,
  { signal }: World,
  failures: Failure[],
): Promise<Subject['lock']> {
  const backend = root.backend.type === 's3' ? { ...root.backend, useLockfile: true } : root.backend;
  try {
    return await readLock(backend, { credentials: () => Promise.resolve(credentials), signal });
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    failures.push(failureOf('state', error));
    return undefined;
  }
}

function failureOf(step: Failure['step'], { code, message }: FailedError): Failure {
  return { step, code, message };
}

/** The reconcile loop acts as the user that `terraformUsername` names; app-interface's default is `terraform`. */
function automationUsers({ account }: AccountRoot): string[] {
  return [account.terraformUsername ?? 'terraform'];
}

function placeholderNotes({ placeholders }: AccountRoot, folder: string, kept: boolean): string[] {
  const unknown =
    placeholders.length === 0
      ? []
      : [`not known, and so shown as changes: what is made of ${placeholders.join(', ')}`];
  return kept ? [...unknown, `the working folder is ${folder}`] : unknown;
}
