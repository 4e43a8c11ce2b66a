import type { StateRootRequest } from '../surgery/roots/state-root.js';
import type { Plan } from '../terraform/plan/plan.js';
import { withWorkdir } from '../terraform/workdir.js';
import type { World } from '../world.js';

/** Plans a root whose state was changed. @param targets addresses; empty: everything @throws FailedError, the interruption */
export type PlanPort = (targets: readonly string[]) => Promise<Plan>;

/** Plans the account or the folder that a request for a state names, in a private folder, and takes no lock. */
export function planPort(request: StateRootRequest, world: World): PlanPort {
  const { account, dir, terraform } = request;
  return async (targets) => {
    if (dir !== undefined) return planFolder(dir, request, targets, world);
    const { withPlannedAccount } = await import('../planning/planned-account.js');
    const wanted = { ...request, account: account ?? '', only: targets };
    const { named: terraformBin, timeoutMs } = terraform;
    const rest = { terraformBin, timeoutMs, keepWorkdir: false, lock: false, saveLog: undefined };
    return withPlannedAccount({ ...wanted, ...rest }, {}, world, ({ plan }) => Promise.resolve(plan));
  };
}

async function planFolder(
  dir: string,
  { awsProfile: profile, terraform: options }: StateRootRequest,
  targets: readonly string[],
  world: World,
): Promise<Plan> {
  const { openDirRoot } = await import('../terraform/dir/open-dir-root.js');
  const { initDirRoot, prepareDirRoot } = await import('../terraform/dir/prepare-dir-root.js');
  const { runPlan } = await import('../terraform/plan/run-plan.js');
  const { openTerraform } = await import('../terraform/terraform.js');
  return withWorkdir({ keep: false, signal: world.signal }, async (folder) => {
    const terraform = await openTerraform({ ...options, folder }, world);
    const opened = await openDirRoot(dir, world, terraform.product);
    const root = await prepareDirRoot(opened, { folder, env: world.env, profile });
    await initDirRoot(root, terraform);
    const { plan } = await runPlan(root, terraform, { folder, targets, lock: false, init: undefined });
    return plan;
  });
}
