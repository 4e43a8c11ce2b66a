import { access } from 'node:fs/promises';

import { FailedError } from '../../errors.js';
import type { TerraformRoot } from '../root.js';
import type { ResourceReader } from '../state/state-instances.js';
import type { Terraform } from '../terraform.js';
import type { PlanStates } from './plan.js';
import { readPlanFile } from './plan-file.js';

export interface ReadStates {
  readonly states: PlanStates | undefined;
  /** Why another way had to be taken, or why there are no states. */
  readonly note: string | undefined;
}

/**
 * The states in a plan file: read from the file, which costs milliseconds; where that does not work, terraform is asked to
 * show it, which costs seconds and much memory.
 *
 * @throws the interruption
 */
export async function readPlanStates(
  planFile: string,
  root: TerraformRoot,
  terraform: Terraform,
  reader: ResourceReader | undefined,
): Promise<ReadStates> {
  const isThere = await access(planFile).then(
    () => true,
    () => false,
  );
  if (!isThere) return { states: undefined, note: undefined };
  try {
    return { states: await readPlanFile(planFile, reader), note: undefined };
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    return showPlan(planFile, error.message, root, terraform);
  }
}

async function showPlan(
  planFile: string,
  why: string,
  root: TerraformRoot,
  terraform: Terraform,
): Promise<ReadStates> {
  const { parseShownPlan } = await import('./show-json.js');
  try {
    const { exitCode, stdout } = await terraform.ask(root, ['show', '-json', planFile]);
    if (exitCode !== 0)
      throw new FailedError('PlanFileUnreadable', `${terraform.product} cannot show it either`);
    return {
      states: parseShownPlan(stdout).states,
      note: `${why}; ${terraform.product} show -json was used instead`,
    };
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    return { states: undefined, note: `${why}; ${error.message}: there is no drift by attribute` };
  }
}
