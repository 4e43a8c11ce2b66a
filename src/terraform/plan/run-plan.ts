import { join } from 'node:path';

import { initAnew, type InitCache } from '../init.js';
import { secretMask } from '../mask.js';
import type { TerraformRoot } from '../root.js';
import type { RunResult } from '../run.js';
import type { ResourceReader } from '../state/state-instances.js';
import type { Terraform } from '../terraform.js';
import { errorsIn } from '../explain-output.js';
import { PlanCollector, type PlanObserver } from './collector.js';
import type { Diagnostic, Plan } from './plan.js';
import { readPlanStates, type ReadStates } from './plan-states.js';

export interface PlanOptions {
  /** Private: the plan file is made there, with the state's secrets in it. */
  readonly folder: string;
  /** Only these addresses and what they depend on; empty: everything. */
  readonly targets: readonly string[];
  /**
   * Take the state's lock. Off by default: a diagnosis reads only, must not wait for a lock nor keep anybody waiting, and
   * looks for locks itself.
   */
  readonly lock: boolean;
  /** For the case that `init` turns out to be needed; undefined: it is not done. */
  readonly init: InitCache | undefined;
  /** What has read the stored state: with it the plan's states share what they have in common. */
  readonly reader?: ResourceReader | undefined;
  /** Leave the plan's states unread, where nobody compares them. */
  readonly withoutStates?: boolean | undefined;
  /** Told every line that terraform printed, without the root's secrets. */
  readonly onLine?: ((line: string) => void) | undefined;
}

export interface PlanRun {
  readonly plan: Plan;
  /** Where the plan file is, if one was written. */
  readonly planFile: string;
  /** What could not be done as it should be, a line each. */
  readonly notes: readonly string[];
}

const UNREAD: ReadStates = { states: undefined, note: undefined };

/**
 * Runs `terraform plan` and reads what it says while it says it. A plan that fails is an answer, with all that was found
 * until then.
 *
 * @throws the interruption; FailedError `TerraformUnusable`, `InitFailed`
 */
export async function runPlan(
  root: TerraformRoot,
  terraform: Terraform,
  options: PlanOptions,
  observer: PlanObserver = {},
): Promise<PlanRun> {
  const first = await attempt(root, terraform, options, observer);
  if (options.init === undefined || !needsInit(first.plan)) return first;
  await initAnew(root, terraform, options.init);
  return attempt(root, terraform, options, observer);
}

async function attempt(
  root: TerraformRoot,
  terraform: Terraform,
  { folder, targets, lock, onLine, reader, withoutStates = false }: PlanOptions,
  observer: PlanObserver,
): Promise<PlanRun> {
  const collector = new PlanCollector(observer);
  const mask = secretMask(root.env);
  const planFile = join(folder, 'tfrepair.tfplan');
  const args = ['-json', '-input=false', `-lock=${lock}`, `-out=${planFile}`];
  const result = await terraform.run(
    root,
    ['plan', ...args, ...targets.map((target) => `-target=${target}`)],
    (line) => {
      const masked = mask(line);
      collector.line(masked);
      onLine?.(masked);
    },
  );
  const { states, note } = withoutStates ? UNREAD : await readPlanStates(planFile, root, terraform, reader);
  const plan = judged(collector, result, states, terraform, mask);
  return { plan, planFile, notes: note === undefined ? [] : [note] };
}

function judged(
  collector: PlanCollector,
  result: RunResult,
  states: Plan['states'],
  terraform: Terraform,
  mask: (text: string) => string,
): Plan {
  const failed = result.exitCode !== 0 || result.timedOut;
  const plan = collector.result(failed ? 'failed' : 'planned', states);
  if (!failed || (hasError(plan) && !result.timedOut)) return plan;
  const diagnostic = silentFailure(result, terraform, mask);
  // What terraform said after it was ended follows from that.
  return { ...plan, diagnostics: [diagnostic, ...plan.diagnostics] };
}

function hasError({ diagnostics }: Plan): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** What to say when terraform itself does not say why it failed: it was killed, it crashed, or we ended it. */
function silentFailure(
  { timedOut, exitCode, stderr }: RunResult,
  { product, timeoutMs }: Terraform,
  mask: (text: string) => string,
): Diagnostic {
  const end = exitCode === undefined ? 'was killed' : `ended with exit code ${exitCode}`;
  const summary = timedOut
    ? `${product} plan took longer than ${Math.round(timeoutMs / 1000)} s and was ended`
    : `${product} plan ${end} without saying why`;
  return { severity: 'error', summary, detail: mask(errorsIn(stderr)), address: undefined, place: undefined };
}

/** Terraform ends its words with the command to run, whatever is missing: a backend, a provider, a module. */
function needsInit(plan: Plan): boolean {
  return (
    plan.outcome === 'failed' &&
    plan.refreshes.length === 0 &&
    plan.diagnostics.some(
      ({ severity, summary, detail }) =>
        severity === 'error' && /\b(?:terraform|tofu) init\b/.test(`${summary}\n${detail}`),
    )
  );
}
