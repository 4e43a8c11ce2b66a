import { InterruptedError, TfrepairError } from '../errors.js';
import {
  diagnoseStage,
  findingsStage,
  findingStage,
  prepareStage,
  previewStage,
  type Parties,
} from './find-stages.js';
import { interruptionAt } from './interruption-at.js';
import { reportOf, type RepairReport } from './report.js';
import {
  approvalStage,
  carriedOutStage,
  carryOutStage,
  confirmStage,
  deliverStage,
  resumeStage,
} from './request-stages.js';
import type { Stage } from './stage.js';
import type { CarriedOut } from '../review/carry-out.js';

/** A way to tell how to begin or go on: command lines, ready to be pasted. */
export interface Lines {
  /** Begins anew. */
  readonly start: string;
  readonly resume: (id: string) => string;
}

/**
 * Leads through a repair, from the diagnosis to the plan after the write, or from wherever `stage` is. May be interrupted
 * anywhere: the error then says what was done and what was not, and how to go on.
 *
 * @param signal the interruption of the command
 * @throws InterruptedError, and what diagnosing, preparing and executing throw
 */
export async function runSession(
  begin: Stage,
  parties: Parties,
  { signal, lines }: { readonly signal: AbortSignal; readonly lines: Lines },
): Promise<RepairReport> {
  const done: CarriedOut[] = [];
  let stage = begin;
  try {
    while (stage.at !== 'end') {
      signal.throwIfAborted();
      const next = await advance(stage, parties);
      if (next.at === 'carried-out' && next.done !== undefined) done.push(next.done);
      stage = next;
    }
    return reportOf(stage, done);
  } catch (error) {
    const isOurs = error instanceof TfrepairError && !(error instanceof InterruptedError);
    if (isOurs || !(signal.aborted || error instanceof InterruptedError)) throw error;
    throw interruptionAt(stage, lines, done.length);
  }
}

function advance(stage: Exclude<Stage, { at: 'end' }>, parties: Parties): Promise<Stage> {
  switch (stage.at) {
    case 'diagnose':
      return diagnoseStage(parties);
    case 'findings':
      return findingsStage(stage, parties);
    case 'finding':
      return findingStage(stage, parties);
    case 'preview':
      return previewStage(stage, parties);
    case 'prepare':
      return prepareStage(stage, parties);
    case 'deliver':
      return deliverStage(stage, parties);
    case 'resume':
      return resumeStage(stage, parties);
    case 'approval':
      return approvalStage(stage, parties);
    case 'confirm':
      return confirmStage(stage, parties);
    case 'carry-out':
      return carryOutStage(stage, parties);
    case 'carried-out':
      return carriedOutStage(stage, parties);
  }
}
