import type { Config } from '../config/config.js';
import { UsageError } from '../errors.js';
import { withPlannedAccount, type PlanningRequest } from '../planning/planned-account.js';
import { planReport } from '../planning/plan-report.js';
import { findOwners } from '../rendering/owners.js';
import { withEndpoint } from '../rendering/render.js';
import { resourceFilter, type ResourceFilter } from '../resources/resource-filter.js';
import { logResources } from '../resources/log-resources.js';
import { resourcesReport, type AskOwners, type ResourcesReport } from '../resources/resources-report.js';
import type { World } from '../world.js';
import { startPlanProgress } from './plan-progress.js';
import { planningRequest, type PlanningFlags } from './planning-flags.js';

/** The values of `resourcesFlags` that say where resources come from. */
export interface ResourcesFlags extends PlanningFlags {
  readonly account?: string | undefined;
  readonly log?: string | undefined;
}

export interface ResourcesPlaces {
  readonly cacheFolder: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stderr: NodeJS.WriteStream;
  readonly world: World;
}

/** Lists what the flags ask for. @throws UsageError `SubjectMissing`, `PatternInvalid`, and what went wrong */
export async function resourcesOf(
  flags: ResourcesFlags,
  filter: ResourceFilter,
  config: Config,
  { cacheFolder, stdin, stderr, world }: ResourcesPlaces,
): Promise<ResourcesReport> {
  const { account, log } = flags;
  // A mistake in the pattern is told now, not after a plan of minutes.
  resourceFilter(filter);
  if (log !== undefined) {
    const source = await logResources({ log, stdin, account }, world);
    const request = planningRequest(flags, config, { account: '', cacheFolder, note: () => undefined });
    return resourcesReport(
      source,
      filter,
      account === undefined ? undefined : askOwners(account, request, world),
    );
  }
  if (account === undefined) {
    throw new UsageError('SubjectMissing', 'nothing is named whose resources to list', {
      hint: 'give --account NAME or --log FILE',
    });
  }
  const progress = startPlanProgress(account, stderr, world);
  const note = (text: string): void => {
    progress.note(text);
  };
  const request = planningRequest(flags, config, { account, cacheFolder, note });
  return withPlannedAccount(request, progress, world, async (planned) => {
    progress.stop();
    const { plan, stored } = planned;
    const state = stored.kind === 'read' ? stored.state : undefined;
    const { notes } = planReport(planned, false);
    const source = { name: account, source: 'plan', plan, state, notes } as const;
    return resourcesReport(source, filter, askOwners(account, request, world));
  }).finally(() => {
    progress.stop();
  });
}

function askOwners(
  account: string,
  request: Pick<PlanningRequest, 'source' | 'config'>,
  world: World,
): AskOwners {
  return (addresses) =>
    withEndpoint(request, world, async (endpoint) => {
      const report = await findOwners(endpoint.connect(), account, addresses);
      return report.addresses;
    });
}
