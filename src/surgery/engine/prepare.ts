import { RefusedError, UsageError } from '../../errors.js';
import type { Change } from '../difference/structural-difference.js';
import { requestDigest } from '../request/canonical.js';
import { requireReadable } from '../request/parse-request.js';
import { REQUEST_VERSION, type SurgeryRequest } from '../request/request.js';
import type { StateStore, StoredState } from '../store/store.js';
import { sha256Of } from '../store/stored-state.js';
import { newState, type WantedChange } from './new-state.js';

/** How long a request may wait for its approval. */
const VALID_MS = 24 * 3_600_000;

/** What somebody wants to be done to a state. */
export interface Wish
  extends WantedChange, Pick<SurgeryRequest, 'root' | 'evidence' | 'requester' | 'reason' | 'tools'> {
  readonly account: SurgeryRequest['account'] | undefined;
  readonly ticket: string | undefined;
  /** Whether a reconcile loop writes to the state; undefined: there is none. */
  readonly loopIsOff: boolean | undefined;
  readonly acceptRunningLoop: string | undefined;
}

/** What the world adds to a request. */
export interface Occasion {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 32 random bytes, hex. */
  readonly nonce: () => string;
}

export interface Prepared {
  readonly request: SurgeryRequest;
  readonly digest: string;
  readonly base: StoredState;
  /** The new state. */
  readonly post: Buffer;
  readonly changes: readonly Change[];
}

/**
 * Makes the request for operations on a state: reads it once, computes the new one, proves it. Writes nothing.
 *
 * @throws RefusedError `LoopRunning`, `UnexpectedDifference`; UsageError `StateMissing`, and what the operations say
 */
export async function prepare(wish: Wish, store: StateStore, { now, nonce }: Occasion): Promise<Prepared> {
  requireLoopOff(wish);
  const base = await store.read();
  if (base === undefined) throw stateMissing(store.label);
  const { bytes: post, changes, version, expectedPlan } = await newState(base, wish);
  const { root, account, evidence, requester, reason, ticket, acceptRunningLoop } = wish;
  const tools = version === undefined ? wish.tools : { ...wish.tools, terraform: version };
  const { sha256, versionToken, lineage, serial } = base;
  const request: SurgeryRequest = {
    ...{ schemaVersion: REQUEST_VERSION, type: 'tfrepair-request', root, state: store.location },
    ...(account === undefined ? {} : { account }),
    base: { sha256, versionToken, lineage, serial },
    ...{ operations: wish.operations, engine: wish.engine ?? 'native' },
    post: { sha256: sha256Of(post), serial: serial + 1 },
    ...{ expectedPlan, evidence, requester, reason, tools, nonce: nonce() },
    ...(ticket === undefined ? {} : { ticket }),
    ...(acceptRunningLoop === undefined || wish.loopIsOff !== false ? {} : { acceptRunningLoop }),
    ...{ createdAt: instant(now()), notAfter: instant(now() + VALID_MS) },
  };
  requireReadable(request);
  return { request, digest: requestDigest(request), base, post, changes };
}

/** @throws RefusedError `LoopRunning`: the reconcile loop may write at any moment, and nobody has said why that is all right */
export function requireLoopOff({
  loopIsOff,
  acceptRunningLoop,
  root,
}: Pick<Wish, 'loopIsOff' | 'acceptRunningLoop' | 'root'>): void {
  if (loopIsOff !== false || acceptRunningLoop !== undefined) return;
  throw new RefusedError(
    'LoopRunning',
    `terraform-resources is not disabled for ${root}: it would write to the state at any moment`,
    {
      hint: 'add it to disable.integrations of the account, or say why it may run with --accept-running-loop REASON',
    },
  );
}

function stateMissing(label: string): UsageError {
  return new UsageError('StateMissing', `there is no state at ${label}`, {
    hint: 'a state that was never written needs no repair: run plan',
  });
}

/** ISO 8601, UTC, whole seconds. */
function instant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
