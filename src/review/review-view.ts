import type { ShortOwner } from '../diagnosis/diagnosis.js';
import type { AwsChange } from '../diagnosis/evidence.js';
import type { ExpectedAction } from '../diagnosis/finding.js';
import type { Change } from '../surgery/difference/structural-difference.js';
import type { Operation } from '../surgery/operations/operation.js';
import type { Requester, SurgeryRequest } from '../surgery/request/request.js';
import { requestDigest } from '../surgery/request/canonical.js';
import { counterpart } from '../terraform/address/counterpart.js';
import { parseAddress } from '../terraform/address/parse.js';
import type { StateRoot } from '../surgery/roots/state-root.js';
import type { StateFacts } from './state-facts.js';
import type { MakerWord } from './maker-word.js';
import type { Recomputed } from './recompute.js';

/** What a reviewer looks at: the request, and our own view of what it comes to. No value of an attribute is in it. */
export interface ReviewView {
  readonly root: string;
  readonly state: string;
  /** The AWS account id. */
  readonly account?: string;
  readonly digest: string;
  /** Of the state as it is now. */
  readonly serial: number;
  /** As the request says. */
  readonly maker: Requester;
  /** Who has proved to have made it; absent: nobody. */
  readonly provenMaker?: string;
  readonly reason: string;
  readonly ticket?: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly notAfter: string;
  /** Milliseconds since it was made. */
  readonly ageMs: number;
  /** Whether the reconcile loop leaves the state alone; absent: it has nothing to do with it. */
  readonly loopIsOff?: boolean;
  readonly acceptRunningLoop?: string;
  readonly engine: SurgeryRequest['engine'];
  readonly operations: readonly Operation[];
  readonly instances: readonly InstanceView[];
  /** Members of the document that change besides. */
  readonly document: readonly string[];
  readonly evidence: SurgeryRequest['evidence'];
  readonly differences: readonly string[];
  /** What could not be found out, a line each. */
  readonly notes: readonly string[];
}

/** One object that the request is about. */
export interface InstanceView {
  readonly change: Exclude<Change, { kind: 'document' }>;
  /** Where it is now; of what comes, where it will be. */
  readonly address: string;
  readonly type: string;
  readonly id?: string;
  readonly owners: readonly ShortOwner[];
  /** What AWS says about it now; absent: it was not asked. */
  readonly aws?: {
    readonly existence: 'exists' | 'gone' | 'unknown';
    readonly changes: readonly AwsChange[];
  };
  /** What in the state depends on it and stays as it is. */
  readonly dependents: readonly string[];
  readonly expected: readonly ExpectedAction[];
}

/** What others say about addresses. */
export interface Surroundings {
  readonly owners: ReadonlyMap<string, readonly ShortOwner[]>;
  readonly aws: ReadonlyMap<string, NonNullable<InstanceView['aws']>>;
  readonly notes: readonly string[];
}

/** What was found out besides the change itself. */
export interface Findings {
  readonly facts: StateFacts;
  readonly around: Surroundings;
  readonly word: MakerWord;
}

/** How many objects a reviewer approves the change of. */
export function instanceCount(changes: readonly Change[]): number {
  return changes.filter(({ kind }) => kind !== 'document').length;
}

/** @param now milliseconds since the epoch */
export function reviewView(
  request: SurgeryRequest,
  { name, store, loopIsOff, account }: Pick<StateRoot, 'name' | 'store' | 'loopIsOff' | 'account'>,
  { base, changes, expectedPlan, differences }: Recomputed,
  { facts, around: { owners, aws, notes }, word }: Findings,
  now: number,
): ReviewView {
  const { reason, ticket, createdAt, notAfter, acceptRunningLoop, operations, evidence, engine } = request;
  const instances = changes.flatMap((change): InstanceView[] => {
    if (change.kind === 'document') return [];
    const address = addressOf(change);
    const fact = facts.get(address);
    const answer = aws.get(address);
    const id = fact?.id ?? importIdIn(operations);
    return [
      {
        ...{ change, address, type: typeOf(address), owners: owners.get(address) ?? [] },
        ...(id === undefined ? {} : { id }),
        ...(answer === undefined ? {} : { aws: answer }),
        dependents: fact?.dependents ?? [],
        expected: expectedOf(change, expectedPlan),
      },
    ];
  });
  return {
    ...{ root: name, state: store.label, digest: requestDigest(request), serial: base.serial },
    ...{ maker: request.requester, reason, createdAt, notAfter, operations, instances, evidence, engine },
    ageMs: now - Date.parse(createdAt),
    differences: [...differences, ...(word.difference === undefined ? [] : [word.difference])],
    notes: [...notes, ...(word.note === undefined ? [] : [word.note])],
    ...(word.proven === undefined ? {} : { provenMaker: word.proven }),
    document: changes.flatMap((change) => (change.kind === 'document' ? [change.what] : [])),
    ...(account === undefined ? {} : { account: account.uid }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(loopIsOff === undefined ? {} : { loopIsOff }),
    ...(acceptRunningLoop === undefined ? {} : { acceptRunningLoop }),
  };
}

/** What terraform moves by itself is foretold for where it moves it to. */
function expectedOf(change: InstanceView['change'], all: readonly ExpectedAction[]): ExpectedAction[] {
  const own = change.kind === 'moved' ? [change.from, change.to] : [change.address];
  const places = new Set(own.flatMap((address) => [address, counterpart(address)]));
  return all.filter(({ address }) => places.has(address));
}

/** Where the object of a change is now. */
export function addressOf(change: Exclude<Change, { kind: 'document' }>): string {
  return change.kind === 'moved' ? change.from : change.address;
}

function typeOf(address: string): string {
  const { mode, type } = parseAddress(address);
  return mode === 'data' ? `data ${type}` : type;
}

/** What an import will find, as its maker says. */
function importIdIn([only]: readonly Operation[]): string | undefined {
  return only?.op === 'import' ? only.id : undefined;
}
