import type { PlanningRequest } from '../planning/planned-account.js';
import type { StateRootRequest } from '../surgery/roots/state-root.js';
import type { Plan } from '../terraform/plan/plan.js';
import { withWorkdir } from '../terraform/workdir.js';
import type { World } from '../world.js';

/** Plans a root whose state was changed. @param targets addresses; empty: everything @throws FailedError, the interruption */
export type PlanPort = (targets: readonly string[]) => Promise<Plan>;

/** How terraform is run. */
export type Planner = Pick<PlanningRequest, 'terraformBin' | 'timeoutMs'>;

/** Plans the account or the folder that a request for a state names, in a private folder, and takes no lock. */
export function planPort(request: StateRootRequest, planner: Planner, world: World): PlanPort {
  const { account, dir } = request;
  return async (targets) => {
    if (dir !== undefined) return planFolder(dir, request, planner, targets, world);
    const { withPlannedAccount } = await import('../planning/planned-account.js');
    const wanted = { ...request, ...planner, account: account ?? '', only: targets };
    const rest = { keepWorkdir: false, lock: false, saveLog: undefined };
    return withPlannedAccount({ ...wanted, ...rest }, {}, world, ({ plan }) => Promise.resolve(plan));
  };
}

async function planFolder(
  dir: string,
  { awsProfile: profile, cacheFolder }: StateRootRequest,
  { terraformBin: named, timeoutMs }: Planner,
  targets: readonly string[],
  world: World,
): Promise<Plan> {
  const { openDirRoot } = await import('../terraform/dir/open-dir-root.js');
  const { initDirRoot, prepareDirRoot } = await import('../terraform/dir/prepare-dir-root.js');
  const { runPlan } = await import('../terraform/plan/run-plan.js');
  const { openTerraform } = await import('../terraform/terraform.js');
  return withWorkdir({ keep: false, signal: world.signal }, async (folder) => {
    const terraform = await openTerraform({ named, folder, cacheFolder, timeoutMs }, world);
    const opened = await openDirRoot(dir, world, terraform.product);
    const root = await prepareDirRoot(opened, { folder, env: world.env, profile });
    await initDirRoot(root, terraform);
    const { plan } = await runPlan(root, terraform, { folder, targets, lock: false, init: undefined });
    return plan;
  });
}
