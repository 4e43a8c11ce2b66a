import type { ResourceChange } from '../terraform/plan/plan.js';
import type { StateInstance } from '../terraform/state/state.js';
import { withoutKeys } from '../terraform/address/without-keys.js';
import type { Evidence } from './evidence.js';

/** An object that AWS may be asked about. */
export interface Suspect {
  readonly address: string;
  readonly type: string;
  /** What the object is called in AWS. */
  readonly name: string;
  /** The alias of its provider configuration, which in app-interface is a region; undefined: the default one. */
  readonly alias: string | undefined;
}

/** The argument of a resource type that holds the name by which AWS is asked; undefined: it is not asked about. */
export type NameArgument = (type: string) => string | undefined;

/**
 * What is worth a question to AWS, the most telling first: what could not be read, what is gone or changed, what would be
 * destroyed, and what would be made, because it may be there already.
 */
export function suspectsOf(evidence: Evidence, nameArgument: NameArgument): Suspect[] {
  const found = new Map<string, Suspect>();
  const byAddress = new Map(evidence.state?.instances.map((instance) => [instance.address, instance]));
  const types = new Map(evidence.plan?.changes.map(({ address, type }) => [address, type]));
  for (const address of suspectAddresses(evidence)) {
    if (found.has(address)) continue;
    const suspect =
      fromState(byAddress.get(address), nameArgument) ??
      fromConfig({ address, type: types.get(address) }, evidence, nameArgument);
    if (suspect !== undefined) found.set(address, suspect);
  }
  return [...found.values()];
}

function suspectAddresses({ plan }: Evidence): string[] {
  if (plan === undefined) return [];
  const { refreshes, diagnostics, drift, changes } = plan;
  const unread = refreshes.filter(({ durationMs }) => durationMs === undefined);
  const having = (from: readonly ResourceChange[], ...actions: readonly string[]): ResourceChange[] =>
    from.filter(({ action }) => actions.includes(action));
  return [
    ...unread,
    ...diagnostics.filter(({ severity }) => severity === 'error'),
    ...having(drift, 'delete'),
    ...having(changes, 'delete', 'replace'),
    ...having(changes, 'create'),
    ...having(drift, 'update'),
  ].flatMap(({ address }) => address ?? []);
}

function fromState(instance: StateInstance | undefined, nameArgument: NameArgument): Suspect | undefined {
  const argument = instance && nameArgument(instance.type);
  if (instance?.mode !== 'managed' || argument === undefined) return undefined;
  const { address, type, attributes, id, providerAlias: alias } = instance;
  const name = attributes[argument] ?? id;
  return typeof name === 'string' && name !== '' ? { address, type, name, alias } : undefined;
}

function fromConfig(
  { address, type }: { readonly address: string; readonly type: string | undefined },
  { config }: Evidence,
  nameArgument: NameArgument,
): Suspect | undefined {
  const argument = type && nameArgument(type);
  const values = config?.arguments(withoutKeys(address));
  if (type === undefined || argument === undefined || values === undefined) return undefined;
  const { [argument]: name, provider } = values;
  // An interpolation is not a name.
  if (typeof name !== 'string' || name === '' || name.includes('${')) return undefined;
  return { address, type, name, alias: aliasIn(provider) };
}

/** `us-east-1` of `aws.us-east-1`. */
function aliasIn(provider: unknown): string | undefined {
  return typeof provider === 'string' ? /^\w+\.([\w-]+)$/.exec(provider)?.[1] : undefined;
}
