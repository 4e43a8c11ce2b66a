import type { ResourceStatus } from '../diagnosis/diagnosis.js';
import type { AddressOwners } from '../rendering/owners.js';
import type { Diagnostic, Plan } from '../terraform/plan/plan.js';
import type { State } from '../terraform/state/state.js';
import { resourceFilter, type ResourceFilter } from './resource-filter.js';
import { listResources, type ListedResource } from './resource-list.js';

/** Who wants a resource, in few words. */
export interface ResourceOwner {
  readonly app: string;
  readonly namespace: string;
  readonly provider: string;
  readonly identifier: string;
}

/** What `tfrepair resources` says, for people and as JSON. */
export interface ResourcesReport {
  /** The account, or the log as it was named. */
  readonly name: string;
  readonly source: 'plan' | 'log';
  readonly outcome: Plan['outcome'];
  /** How many resources there are of each status, before anything is left out; what is 0 is not there. */
  readonly counts: Readonly<Partial<Record<ResourceStatus, number>>>;
  /** Those that were asked for. */
  readonly resources: readonly OwnedResource[];
  /** Why the plan failed. */
  readonly errors: readonly Diagnostic[];
  readonly notes: readonly string[];
}

export interface OwnedResource extends ListedResource {
  /** Several when specs overwrite each other; absent: nobody was found, or app-interface was not asked. */
  readonly owners?: readonly ResourceOwner[];
}

/** A plan or the log of one. */
export interface ResourcesSource extends Pick<ResourcesReport, 'name' | 'source' | 'notes'> {
  readonly plan: Plan;
  /** The stored state; undefined: not known. */
  readonly state: State | undefined;
}

/** Asks app-interface who owns addresses. */
export type AskOwners = (addresses: readonly string[]) => Promise<readonly AddressOwners[]>;

/** Lists the resources that are asked for. @throws UsageError `PatternInvalid`; what `askOwners` throws */
export async function resourcesReport(
  { name, source, notes, plan, state }: ResourcesSource,
  filter: ResourceFilter,
  askOwners: AskOwners | undefined,
): Promise<ResourcesReport> {
  const isWanted = resourceFilter(filter);
  const all = listResources(plan, state);
  const wanted = all.filter(isWanted);
  return {
    ...{ name, source, notes, outcome: plan.outcome, counts: countStatuses(all) },
    resources: await withOwners(wanted, askOwners),
    errors: plan.diagnostics.filter(({ severity }) => severity === 'error'),
  };
}

function countStatuses(resources: readonly ListedResource[]): Partial<Record<ResourceStatus, number>> {
  const counts: Partial<Record<ResourceStatus, number>> = {};
  for (const { status } of resources) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

async function withOwners(
  resources: readonly ListedResource[],
  askOwners: AskOwners | undefined,
): Promise<OwnedResource[]> {
  if (askOwners === undefined || resources.length === 0) return [...resources];
  const answers = await askOwners(resources.map(({ address }) => address));
  const byAddress = new Map(answers.map(({ address, owners }) => [address, owners]));
  return resources.map((resource) => {
    const owners = (byAddress.get(resource.address) ?? []).map(
      ({ app, namespace, provider, identifier }) => ({
        ...{ app, namespace, provider, identifier },
      }),
    );
    return owners.length === 0 ? resource : { ...resource, owners };
  });
}
