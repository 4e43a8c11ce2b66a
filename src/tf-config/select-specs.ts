import type { Namespace } from '../app-interface/namespaces.js';
import type { ProviderExclusion } from '../app-interface/settings.js';
import { FailedError } from '../errors.js';
import type { JsonObject } from '../json.js';
import { outputResourceName, specLabel, type Spec, type SpecNamespace } from './model/spec.js';

const AWS = 'aws';

/**
 * The specs that the reconcile loop's `terraform-resources` renders in these accounts, in its order
 * (app-interface-aws §2.3): none of namespaces that are deleted or do not manage external resources, none that another
 * system manages.
 *
 * @param accounts names; undefined: all
 * @throws FailedError `OutputNameNotUnique`, `ProviderExcluded`
 */
export function selectSpecs(
  namespaces: readonly Namespace[],
  accounts: ReadonlySet<string> | undefined,
  exclusions: readonly ProviderExclusion[],
): Spec[] {
  const selected = namespaces.filter(isManaged).flatMap((namespace) => {
    const all = specsOf(namespace);
    if (accounts !== undefined && !all.some(({ account }) => accounts.has(account))) return [];
    const managed = all.filter((spec) => !isErv2(spec));
    for (const spec of managed) refuseExcluded(spec, exclusions);
    refuseDuplicateOutputNames(namespace.name, managed);
    return managed;
  });
  return accounts === undefined ? selected : selected.filter(({ account }) => accounts.has(account));
}

/** The specs of an account that the second generation of external resources manages, with a state of its own. */
export function erv2Specs(namespaces: readonly Namespace[], account: string): Spec[] {
  return namespaces
    .filter(isManaged)
    .flatMap(specsOf)
    .filter((spec) => spec.account === account && isErv2(spec));
}

function isErv2({ fields }: Spec): boolean {
  return fields['managed_by_erv2'] === true;
}

function isManaged(namespace: Namespace): boolean {
  return namespace.delete !== true && namespace.managedExternalResources === true;
}

function specsOf(namespace: Namespace): Spec[] {
  const owner = specNamespace(namespace);
  return (namespace.externalResources ?? [])
    .filter(({ provider }) => provider === AWS)
    .flatMap(({ provisioner, resources }) =>
      (resources ?? []).map((fields) => toSpec(fields, provisioner.name, owner)),
    );
}

function specNamespace({ name, path, cluster, environment, app }: Namespace): SpecNamespace {
  return {
    name,
    path,
    cluster: { name: cluster.name, region: cluster.spec?.region ?? null },
    environment: environment.name,
    app: app.name,
  };
}

function toSpec(fields: JsonObject, account: string, namespace: SpecNamespace): Spec {
  const { provider, identifier } = fields;
  if (typeof provider !== 'string' || typeof identifier !== 'string') {
    throw new FailedError(
      'SpecInvalid',
      `namespace ${namespace.name}: an external resource of account ${account} has no provider or no identifier`,
    );
  }
  return { provider, identifier, account, namespace, fields };
}

function refuseExcluded(spec: Spec, exclusions: readonly ProviderExclusion[]): void {
  const excluded = exclusions.some(
    ({ provider, everywhere, accounts }) =>
      provider === spec.provider && (everywhere || accounts.includes(spec.account)),
  );
  if (!excluded) return;
  throw new FailedError(
    'ProviderExcluded',
    `[${spec.account}] ${specLabel(spec)}: terraform-resources does not manage ${spec.provider} in this account`,
    { hint: 'set managed_by_erv2: true on the external resource' },
  );
}

function refuseDuplicateOutputNames(namespace: string, specs: readonly Spec[]): void {
  const counts = new Map<string, number>();
  for (const spec of specs) {
    const name = outputResourceName(spec);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const duplicates = [...counts].filter(([, count]) => count > 1).map(([name]) => name);
  if (duplicates.length === 0) return;
  const culprits = specs
    .filter((spec) => duplicates.includes(outputResourceName(spec)))
    .map((spec) => `${spec.provider} "${spec.identifier}"`);
  throw new FailedError(
    'OutputNameNotUnique',
    `namespace ${namespace}: output_resource_name ${duplicates.join(', ')} is used by ${culprits.join(' and ')}`,
    { hint: 'give each of them an output_resource_name of its own' },
  );
}
