import { withoutKeys } from '../terraform/address/without-keys.js';
import type { Diagnostic, Refresh, ResourceChange } from '../terraform/plan/plan.js';
import { StateIndex } from '../terraform/state/state-index.js';
import type { State, StateInstance } from '../terraform/state/state.js';
import { driftBetween, type InstanceDrift } from './drift/drift.js';
import { kindOf, type ErrorKind } from './error-kind.js';
import type { AwsSuspect, Evidence } from './evidence.js';
import { locate } from './locate.js';

/** The evidence, sorted once for all rules. */
export interface Facts {
  readonly evidence: Evidence;
  /** The stored state: our own reading, else the plan's. */
  readonly state: State | undefined;
  readonly index: StateIndex | undefined;
  /** Objects of managed resources in the state, the deposed too. */
  readonly managed: readonly StateInstance[];
  /** By address. What a plan without states only says has drifted is not here. */
  readonly drift: ReadonlyMap<string, InstanceDrift>;
  /** Addresses of managed instances that refreshing did not find. */
  readonly deleted: ReadonlySet<string>;
  /** What the plan would do, by address; of several, the first that does something. */
  readonly changes: ReadonlyMap<string, ResourceChange>;
  readonly errors: readonly LocatedError[];
  /** By address: the first error that says that something does not exist. */
  readonly notFound: ReadonlyMap<string, LocatedError>;
  /** By address; of several objects at one address the last. */
  readonly refreshes: ReadonlyMap<string, Refresh>;
  /** By address. */
  readonly aws: ReadonlyMap<string, AwsSuspect>;
}

export interface LocatedError {
  readonly kind: ErrorKind;
  readonly addresses: readonly string[];
  readonly diagnostic: Diagnostic;
}

/** Sorts evidence for the rules. */
export function gatherFacts(evidence: Evidence): Facts {
  const { plan } = evidence;
  const state = evidence.state ?? plan?.states?.prior;
  const index = state === undefined ? undefined : new StateIndex(state);
  const drift = new Map(
    (plan?.states === undefined ? [] : driftBetween(plan.states)).map((one) => [one.address, one]),
  );
  const errors = locatedErrors(evidence, index);
  return {
    evidence,
    state,
    index,
    managed: state?.instances.filter(({ mode }) => mode === 'managed') ?? [],
    drift,
    deleted: deletedAddresses(evidence, drift, errors),
    changes: plannedChanges(plan?.changes ?? []),
    errors,
    notFound: new Map(
      errors
        .filter(({ kind }) => kind === 'not-found')
        .flatMap((error) => error.addresses.map((address) => [address, error] as const))
        .reverse(),
    ),
    refreshes: new Map(plan?.refreshes.map((refresh) => [refresh.address, refresh])),
    aws: new Map((evidence.aws?.suspects ?? []).map((suspect) => [suspect.address, suspect])),
  };
}

function locatedErrors({ plan, config }: Evidence, index: StateIndex | undefined): LocatedError[] {
  const planned = new Set(plan?.changes.map(({ address }) => address));
  const isKnown = (address: string): boolean =>
    (index?.objects(address).length ?? 0) > 0 ||
    planned.has(address) ||
    config?.has(withoutKeys(address)) === true;
  return (plan?.diagnostics ?? [])
    .filter(({ severity }) => severity === 'error')
    .map((diagnostic) => ({
      kind: kindOf(diagnostic),
      addresses: locate(diagnostic, index, isKnown),
      diagnostic,
    }));
}

/** An instance that has moved in the configuration is not deleted, nor is one that could not be read. */
function deletedAddresses(
  { plan }: Evidence,
  drift: ReadonlyMap<string, InstanceDrift>,
  errors: readonly LocatedError[],
): Set<string> {
  const spared = new Set([
    ...errors.flatMap(({ addresses }) => addresses),
    ...(plan?.changes ?? []).map(({ previousAddress }) => previousAddress),
    ...(plan?.drift ?? []).map(({ previousAddress }) => previousAddress),
  ]);
  const gone = [
    ...[...drift.values()].filter(({ after }) => after === undefined).map(({ address }) => address),
    ...(plan?.drift ?? []).filter(({ action }) => action === 'delete').map(({ address }) => address),
  ];
  return new Set(gone.filter((address) => !spared.has(address)));
}

function plannedChanges(changes: readonly ResourceChange[]): Map<string, ResourceChange> {
  const byAddress = new Map<string, ResourceChange>();
  for (const change of changes) {
    const known = byAddress.get(change.address);
    if (known === undefined || known.action === 'noop') byAddress.set(change.address, change);
  }
  return byAddress;
}

/** The resource type in an address. */
export function typeOf(address: string): string {
  const parts = withoutKeys(address).split('.');
  return parts.at(-2) ?? '';
}

/** The managed current object at an address. */
export function currentAt({ index }: Facts, address: string): StateInstance | undefined {
  const object = index?.current(address);
  return object?.mode === 'managed' ? object : undefined;
}

/** Whether the configuration wants what is at an address; undefined: the configuration is not known. */
export function isWanted({ evidence }: Facts, address: string): boolean | undefined {
  return evidence.config?.has(withoutKeys(address));
}

/** Whether the second generation of external resources manages what is at an address. */
export function isManagedByErv2({ evidence }: Facts, address: string): boolean {
  return evidence.managedByErv2?.(withoutKeys(address)) === true;
}
