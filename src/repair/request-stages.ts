import { InterruptedError, RefusedError, TfrepairError } from '../errors.js';
import type { ApprovalSource } from './dialogue.js';
import type { Parties } from './find-stages.js';
import type { Journey, Stage } from './stage.js';
import type { Approvals } from './work.js';

type At<Name extends Stage['at']> = Extract<Stage, { at: Name }>;

/** The file is there already; whatever else helps it on its way may be repeated. */
export async function deliverStage(
  stage: At<'deliver'>,
  { screens, answers, work }: Parties,
): Promise<Stage> {
  const { pending } = stage;
  const chosen = await answers.chooseDelivery(await work.deliveries(pending));
  if (chosen === undefined) return { ...stage, at: 'approval', tokens: [], approvers: [] };
  screens.delivered(await work.deliver(pending, chosen));
  return stage;
}

/** Goes on with a request wherever it stands, also when its execution was cut short. */
export async function resumeStage(stage: At<'resume'>, { screens, work }: Parties): Promise<Stage> {
  const { pending } = stage;
  let progress = await work.progress(pending);
  if (progress === 'unfinished') {
    screens.warn(`request ${pending.id} was cut short while it was carried out`);
    progress = await work.settle(pending);
  }
  switch (progress) {
    case 'done':
      screens.warn(`request ${pending.id} is carried out: the state is as approved`);
      return { ...stage, at: 'carried-out', done: undefined };
    case 'changed':
      throw new RefusedError('StateOverwritten', `somebody else has written the state since ${pending.id}`, {
        hint: 'compare it with the backup, which tfrepair state history names, and diagnose again',
      });
    case 'rejected':
      throw new RefusedError('RequestRejected', `request ${pending.id} was rejected`, {
        hint: 'tfrepair state history says by whom and why; prepare another request',
      });
    case 'rolled-back':
      screens.warn(`the state is as before request ${pending.id}: nothing was written`);
      break;
    case 'waiting':
      break;
  }
  return { ...stage, at: 'approval', tokens: [], approvers: [] };
}

export async function approvalStage(stage: At<'approval'>, parties: Parties): Promise<Stage> {
  const { screens, answers, work } = parties;
  const { pending, tokens } = stage;
  const source = await answers.chooseApproval(pending, stage.approvers);
  if (source === 'stop') return { at: 'end', outcome: 'handed-over', case: stage.case, pending };
  let found: readonly string[];
  let approvals: Approvals;
  try {
    found = [...tokens, ...(await tokensFrom(source, stage, parties))];
    if (found.length === tokens.length) return { ...stage, at: 'approval' };
    approvals = await work.approvals(pending, found);
  } catch (error) {
    if (!(error instanceof TfrepairError) || isFinal(error)) throw error;
    answers.refused(error);
    return stage;
  }
  screens.approved(approvals.approvers);
  if (approvals.enough) return { ...stage, at: 'confirm', tokens: found };
  return { ...stage, tokens: found, approvers: approvals.approvers };
}

async function tokensFrom(
  source: ApprovalSource,
  { pending, tokens }: At<'approval'>,
  { screens, work }: Parties,
): Promise<readonly string[]> {
  switch (source.kind) {
    case 'token':
      return [source.token];
    case 'here':
      return [await work.reviewHere(pending, source.reviewer)];
    case 'beside':
      if (source.wait) screens.waiting(pending);
      return work.approvalsBeside(pending, tokens, source.wait);
  }
}

/** No other approval makes good for it. */
function isFinal(error: TfrepairError): boolean {
  const { code } = error;
  return (
    error instanceof InterruptedError ||
    ['RequestRejected', 'RequestExpired', 'AlreadyExecuted'].includes(code)
  );
}

export async function confirmStage(stage: At<'confirm'>, { answers }: Parties): Promise<Stage> {
  const { pending } = stage;
  if (await answers.confirms(pending)) return { ...stage, at: 'carry-out' };
  return { at: 'end', outcome: 'handed-over', case: stage.case, pending };
}

export async function carryOutStage(stage: At<'carry-out'>, { screens, work }: Parties): Promise<Stage> {
  const done = await work.carryOut(stage.pending, stage.tokens, {
    onStep: (step) => {
      screens.step(step);
    },
    onPlan: () => {
      screens.planning();
    },
  });
  screens.carriedOut(done);
  return { ...stage, at: 'carried-out', done };
}

/** The second half of a repair, else what is left. */
export async function carriedOutStage(stage: At<'carried-out'>, { answers }: Parties): Promise<Stage> {
  const { later } = stage;
  if (later !== undefined && stage.case !== undefined) {
    return { at: 'preview', repair: later, ...stage.case };
  }
  if (await answers.goesOn(leftOf(stage))) return { at: 'diagnose' };
  return { at: 'end', outcome: 'repaired', case: stage.case, pending: stage.pending };
}

function leftOf({ case: found }: Journey) {
  if (found === undefined) return [];
  return found.root.findings.filter((finding) => finding !== found.finding);
}
