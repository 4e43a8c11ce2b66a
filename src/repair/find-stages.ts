import type { OwnedFinding } from '../diagnosis/diagnosis.js';
import { RefusedError } from '../errors.js';
import type { AskReport } from '../surgery/ask.js';
import type { Answers, Screens } from './dialogue.js';
import { operationOf } from './operation-of.js';
import type { Stage } from './stage.js';
import type { Evidence, Work } from './work.js';

/** Who a session talks to, and who does the work. */
export interface Parties {
  readonly screens: Screens;
  readonly answers: Answers;
  readonly work: Work;
}

type At<Name extends Stage['at']> = Extract<Stage, { at: Name }>;

export async function diagnoseStage({ screens, work }: Parties): Promise<Stage> {
  const root = await work.diagnose();
  screens.diagnosed(root);
  if (root.findings.length > 0) return { at: 'findings', root };
  return { at: 'end', outcome: root.failure === undefined ? 'nothing-wrong' : 'not-diagnosed', root };
}

export async function findingsStage({ root }: At<'findings'>, { answers }: Parties): Promise<Stage> {
  const finding = await answers.chooseFinding(root);
  if (finding === 'stop') return { at: 'end', outcome: 'stopped', root };
  return { at: 'finding', root, finding };
}

/** The advice against a repair is dealt with before any repair can be chosen. */
export async function findingStage(
  { root, finding }: At<'finding'>,
  { screens, answers }: Parties,
): Promise<Stage> {
  const case_ = { root, finding };
  screens.finding(finding, root);
  const isAgainst = finding.leaveStateAlone !== undefined && finding.repairs.length > 0;
  if (isAgainst && !(await answers.goesAgainstAdvice(finding))) {
    return { at: 'end', outcome: 'stopped', case: case_, root };
  }
  const repair = await answers.chooseRepair(finding);
  if (repair === 'back') return { at: 'findings', root };
  if (repair === 'stop') return { at: 'end', outcome: 'stopped', case: case_, root };
  if (operationOf(repair) !== undefined) return { at: 'preview', repair, ...case_ };
  screens.elsewhere(repair, root);
  return { at: 'end', outcome: 'elsewhere', case: case_, root };
}

export async function previewStage(
  stage: At<'preview'>,
  { screens, answers, work }: Parties,
): Promise<Stage> {
  const { root, finding, repair } = stage;
  const planned = operationOf(repair);
  if (planned === undefined) return { ...stage, at: 'finding' };
  const preview = await work.preview(planned.operation);
  screens.preview(preview);
  const reasons = await answers.askReasons(preview);
  if (reasons === 'back') return { at: 'finding', root, finding };
  if (reasons === 'stop') return { at: 'end', outcome: 'stopped', case: { root, finding }, root };
  return { ...stage, at: 'prepare', preview, reasons };
}

export async function prepareStage(
  stage: At<'prepare'>,
  { screens, answers, work }: Parties,
): Promise<Stage> {
  const { root, finding, repair, preview, reasons } = stage;
  const planned = operationOf(repair);
  if (planned === undefined) return { ...stage, at: 'finding' };
  const evidence = evidenceOf(finding);
  const wish = { operation: planned.operation, evidence, ...reasons, acceptRunningLoop: undefined };
  let prepared: Awaited<ReturnType<Work['prepare']>>;
  try {
    prepared = await work.prepare(wish);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 'LoopRunning') throw error;
    const acceptRunningLoop = await answers.askAboutLoop(error);
    if (acceptRunningLoop === undefined)
      return { at: 'end', outcome: 'stopped', case: { root, finding }, root };
    prepared = await work.prepare({ ...wish, acceptRunningLoop });
  }
  const { report, pending } = prepared;
  if (!isSame(report, preview)) {
    screens.warn('the state has changed since you looked: this is what it would be now');
    return { ...stage, at: 'preview' };
  }
  screens.handedOver(pending);
  return { at: 'deliver', pending, case: { root, finding }, later: planned.later };
}

function evidenceOf({ code, addresses: [address], summary }: OwnedFinding): Evidence[] {
  return [{ code, summary, ...(address === undefined ? {} : { address }) }];
}

/** What the user has looked at is what will be asked for. */
function isSame(report: AskReport, preview: AskReport): boolean {
  const shown = ({ serial, changes, expectedPlan }: AskReport): string =>
    JSON.stringify({ serial, changes, expectedPlan });
  return shown(report) === shown(preview);
}
