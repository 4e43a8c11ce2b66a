import { resolve } from 'node:path';

import { openAccountRoot, type AccountRoot, type AccountRootRequest } from '../accounts/account-root.js';
import type { StoredState } from '../accounts/stored-state.js';
import { withEndpoint } from '../rendering/render.js';
import type { SourceChoice } from '../qontract-server/sources/choose.js';
import { parseTarget } from '../terraform/address/parse.js';
import { initCacheOf, initRoot } from '../terraform/init.js';
import type { PlanObserver } from '../terraform/plan/collector.js';
import { EventLog } from '../terraform/plan/event-log.js';
import type { Plan } from '../terraform/plan/plan.js';
import { runPlan } from '../terraform/plan/run-plan.js';
import { openTerraform, type Terraform } from '../terraform/terraform.js';
import { withWorkdir } from '../terraform/workdir.js';
import type { World } from '../world.js';
import { bothOf } from '../both-of.js';

/** What a user asks to be planned. */
export interface PlanningRequest extends AccountRootRequest {
  readonly source: SourceChoice;
  /** A path or name; undefined: `terraform` or `tofu` on `PATH`. */
  readonly terraformBin: string | undefined;
  /** Milliseconds that one run of terraform may take. */
  readonly timeoutMs: number;
  /** Leave the working folder where it is. */
  readonly keepWorkdir: boolean;
  /** Addresses to be planned, with what they depend on; empty: everything. */
  readonly only: readonly string[];
  /** Take the state's lock. */
  readonly lock: boolean;
  /** A file for terraform's events, as they come. */
  readonly saveLog: string | undefined;
  /** Leave the plan's states unread: what it would do is all that is asked. */
  readonly withoutStates?: boolean | undefined;
}

export type PlanningStep = 'render' | 'init' | 'plan';

/** Told how it goes on. */
export interface PlanningObserver extends PlanObserver {
  step?(step: PlanningStep): void;
  /** What was found where the state should be. */
  stored?(stored: StoredState): void;
}

/** An account, planned; its working folder is still there. */
export interface PlannedAccount extends AccountRoot {
  readonly terraform: Terraform;
  readonly init: 'initialised' | 'reused';
  readonly plan: Plan;
  /** Where the plan file is, if one was written. */
  readonly planFile: string;
  /** Milliseconds that the plan took. */
  readonly durationMs: number;
  /** What could not be done as it should be, a line each. */
  readonly notes: readonly string[];
}

/**
 * Renders an account, runs `init` and `plan` in a private folder, and hands what came of it to `action`. A plan that fails
 * is handed on, too.
 *
 * @throws UsageError `AddressInvalid`; FailedError when there could be no plan: credentials, data, terraform, `init`; the
 *   interruption
 */
export async function withPlannedAccount<T>(
  request: PlanningRequest,
  observer: PlanningObserver,
  world: World,
  action: (planned: PlannedAccount) => Promise<T>,
): Promise<T> {
  for (const address of request.only) parseTarget(address);
  const options = { keep: request.keepWorkdir, signal: world.signal };
  return withWorkdir(options, async (folder) => action(await openAndPlan(folder, request, observer, world)));
}

async function openAndPlan(
  folder: string,
  request: PlanningRequest,
  observer: PlanningObserver,
  world: World,
): Promise<PlannedAccount> {
  observer.step?.('render');
  const { cacheFolder, timeoutMs, terraformBin: named } = request;
  const [opened, terraform] = await bothOf(
    withEndpoint(request, world, (endpoint) => openAccountRoot(endpoint, request, folder, world)),
    openTerraform({ named, folder, cacheFolder, timeoutMs }, world),
  );
  observer.stored?.(opened.stored);
  return { ...opened, terraform, ...(await planAccount(opened, terraform, request, observer, world)) };
}

/** What `init` and `plan` made of an account. */
export type AccountPlan = Omit<PlannedAccount, keyof AccountRoot | 'terraform'>;

/**
 * Runs `init` and `plan` in the root of an account. A plan that fails is an answer, too.
 *
 * @throws FailedError `InitFailed`, `TerraformUnusable`; the interruption
 */
export async function planAccount(
  { root, config, reader }: AccountRoot,
  terraform: Terraform,
  { cacheFolder, only: targets, lock, saveLog, withoutStates }: PlanningRequest,
  observer: PlanningObserver,
  world: World,
): Promise<AccountPlan> {
  const log = saveLog === undefined ? undefined : new EventLog(resolve(world.cwd, saveLog));
  try {
    observer.step?.('init');
    const cache = await initCacheOf(config.document, terraform, cacheFolder);
    const init = await initRoot(root, terraform, cache);
    observer.step?.('plan');
    const begin = world.now();
    const options = { folder: root.folder, targets, lock, reader, withoutStates, init: cache };
    const onLine =
      log === undefined
        ? undefined
        : (line: string): void => {
            log.write(line);
          };
    const run = await runPlan(root, terraform, { ...options, onLine }, observer);
    return { init, ...run, durationMs: world.now() - begin };
  } finally {
    log?.close();
  }
}
