import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';

import { InterruptedError, FailedError, RefusedError } from '../errors.js';
import type { ApprovalPolicy, Approver } from '../surgery/approval.js';
import type { Backups } from '../surgery/backup/backups.js';
import { execute, type StepObserver } from '../surgery/engine/execute.js';
import { newState } from '../surgery/engine/new-state.js';
import { requireLoopOff } from '../surgery/engine/prepare.js';
import type { Journal } from '../surgery/journal/journal.js';
import { requestDigest, shortId } from '../surgery/request/canonical.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import type { StateRoot } from '../surgery/roots/state-root.js';
import type { LockRequest, StoredState } from '../surgery/store/store.js';
import type { TerraformPort } from '../surgery/terraform/terraform-port.js';
import { changedAddresses } from './changed-addresses.js';
import type { PlanPort } from './plan-after.js';
import { planVerdict, type PlanVerdict } from './plan-verdict.js';

/** What terraform is asked to plan afterwards. */
export const VERIFICATIONS = ['targeted', 'full', 'none'] as const;

export type Verification = (typeof VERIFICATIONS)[number];

/** A request that is to be executed now. */
export interface Order {
  readonly request: SurgeryRequest;
  /** Whether people agree. */
  readonly policy: ApprovalPolicy;
  /** The content that a `restore` makes current. */
  readonly earlier: StoredState | undefined;
  readonly verify: Verification;
}

/** Where it is executed, and with what. */
export interface Site {
  readonly journal: Journal;
  readonly backups: Backups;
  /** Keep a copy beside the state, too. */
  readonly keepCopy: boolean;
  readonly terraform: TerraformPort;
  readonly plan: PlanPort;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onStep?: StepObserver;
  /** Told before the plan is made. */
  readonly onPlan?: () => void;
  /** What is to be done once the state is as approved, e.g. with backups that are not needed any more. */
  readonly afterwards?: () => Promise<void>;
}

/** What has come of it. No value of the state is in it. */
export interface CarriedOut {
  readonly root: string;
  readonly state: string;
  readonly digest: string;
  readonly serial: number;
  /** The serial of what somebody has built on it before we had read it back; absent: nobody has. */
  readonly builtUpon?: number;
  readonly approvers: readonly Approver[];
  /** The file that holds the state as it was. */
  readonly backup: string;
  readonly plan: PlanVerdict;
}

/**
 * Does what an approved request asks for, then plans what it was about. What goes wrong after the write is told, and
 * changes nothing about it.
 *
 * @throws RefusedError `LoopRunning`, `OtherAccount` and what `execute` says; StateChangedError: nothing was written
 */
export async function carryOut(order: Order, root: StateRoot, site: Site): Promise<CarriedOut> {
  const { request, policy, earlier } = order;
  requireSameAccount(request, root);
  const { isConfigured, store, loopIsOff } = root;
  requireLoopOff({ root: request.root, acceptRunningLoop: request.acceptRunningLoop, loopIsOff });
  let addresses: string[] = [];
  const { state, backup, approvers } = await execute(request, {
    ...{ store, policy, journal: site.journal, backups: site.backups },
    lockRequest: (asked, digest) => lockRequest(asked, digest, site.now()),
    ...{ keepCopy: site.keepCopy, now: site.now },
    ...(site.onStep === undefined ? {} : { onStep: site.onStep }),
    compute: async (base, { operations, engine }) => {
      const computed = { operations, engine, earlier, terraform: site.terraform, isConfigured };
      const { bytes, changes } = await newState(base, computed);
      addresses = changedAddresses(changes);
      return bytes;
    },
  });
  await site.afterwards?.();
  const { builtUpon } = state;
  return {
    ...{ root: request.root, state: store.label, digest: requestDigest(request), serial: state.serial },
    ...(builtUpon === undefined ? {} : { builtUpon }),
    ...{ approvers, backup: backup.file, plan: await verdictOf(order, addresses, site) },
  };
}

async function verdictOf(
  { verify, request }: Order,
  addresses: readonly string[],
  { plan, onPlan }: Site,
): Promise<PlanVerdict> {
  if (verify === 'none') return { kind: 'skipped', why: 'it was not asked for' };
  if (addresses.length === 0) return { kind: 'skipped', why: 'no address was changed' };
  onPlan?.();
  try {
    return planVerdict(await plan(verify === 'full' ? [] : addresses), request.expectedPlan, addresses);
  } catch (error) {
    if (error instanceof FailedError || error instanceof RefusedError || error instanceof InterruptedError) {
      return { kind: 'skipped', why: error.message };
    }
    throw error;
  }
}

/** What the lock says about us. */
function lockRequest({ operations }: SurgeryRequest, digest: string, created: number): LockRequest {
  const names = [...new Set(operations.map(({ op }) => op))].join(', ');
  const info = `request ${shortId(digest)}`;
  const who = `${userInfo().username}@${hostname()}`;
  return { id: randomUUID(), operation: `tfrepair state ${names}`, info, who, created };
}

/** @throws RefusedError `OtherAccount`: the request was made for another account than the one that we are in */
export function requireSameAccount({ account }: SurgeryRequest, root: StateRoot): void {
  const own = root.account;
  if (account?.uid === own?.uid && account?.partition === own?.partition) return;
  const name = (one: typeof account): string =>
    one === undefined ? 'no AWS account' : `${one.partition} account ${one.uid}`;
  throw new RefusedError('OtherAccount', `the request is for ${name(account)}, not for ${name(own)}`);
}
