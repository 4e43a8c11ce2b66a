import type { OwnedFinding, RootDiagnosis } from '../../diagnosis/diagnosis.js';
import type { Repair } from '../../diagnosis/finding.js';
import { summaryBelow } from '../../diagnosis/summary-below.js';
import { operationOf } from '../../repair/operation-of.js';
import type { Answers, ApprovalSource, Out, Reasons } from '../../repair/dialogue.js';
import type { Pending } from '../../repair/work.js';
import type { Prompts } from '../prompts.js';

/** Shown before a question. */
export interface Warnings {
  /** Something that was refused. */
  refused(error: Error): void;
  /** The state is about to be written. */
  danger(pending: Pending): void;
}

const STOP = 'stop here';

/** What must be typed to go on against the advice. */
export const AGAINST = 'against the advice';

/** Answers by somebody at a terminal. Where a bare Enter does anything, it goes no further. */
export function promptedAnswers(prompts: Prompts, warnings: Warnings): Answers {
  return {
    chooseFinding: async (root) =>
      (await prompts.select({
        message: 'What shall be repaired?',
        choices: root.findings.map((finding) => ({ name: findingName(finding, root), value: finding })),
        none: STOP,
      })) ?? 'stop',
    goesAgainstAdvice: () =>
      prompts.confirmTyped({
        message: `The advice is to leave the state alone. To go on all the same, type: ${AGAINST}`,
        expected: AGAINST,
      }),
    chooseRepair: async ({ repairs }) =>
      (await prompts.select<Repair | 'back'>({
        message: 'How?',
        choices: [
          ...repairs.map((value) => ({ name: repairName(value), value })),
          { name: 'look at another finding', value: 'back' },
        ],
        none: STOP,
      })) ?? 'stop',
    askReasons: () => askReasons(prompts),
    askAboutLoop: (refusal) => {
      warnings.refused(refusal);
      return askAboutLoop(prompts);
    },
    chooseDelivery: (deliveries) =>
      deliveries.length === 0
        ? Promise.resolve(undefined)
        : prompts.select({
            message: 'How shall the request reach the second person?',
            choices: deliveries.map((value) => ({ name: value.title, value })),
            none: 'go on: I hand over the file',
          }),
    chooseApproval: (pending, approvers) => askForApproval(prompts, pending, approvers),
    refused: (refusal) => {
      warnings.refused(refusal);
    },
    confirms: (pending) => {
      warnings.danger(pending);
      const { root } = pending.request;
      return prompts.confirmTyped({
        message: `To write this state, type its name, ${root}:`,
        expected: root,
      });
    },
    goesOn: async (left) =>
      (await prompts.select({
        message: left.length === 0 ? 'Anything else?' : `Left as it was: ${left.map(shortName).join(', ')}.`,
        choices: [{ name: 'diagnose again, and go on with what is left', value: true }],
        none: STOP,
      })) ?? false,
  };
}

function findingName(finding: OwnedFinding, root: RootDiagnosis): string {
  const { severity, addresses } = finding;
  return `${severity.toUpperCase()} ${addresses[0] ?? root.name}: ${summaryBelow(finding)}`;
}

function shortName({ code, addresses: [address] }: OwnedFinding): string {
  return address === undefined ? code : `${code} ${address}`;
}

function repairName(repair: Repair): string {
  const { first, title } = repair;
  const whole = first === undefined ? title : `${first.title}, then ${title}`;
  return operationOf(repair) === undefined ? `${whole} (not done with the state)` : whole;
}

async function askReasons(prompts: Prompts): Promise<Reasons | Out> {
  const way = await prompts.select({
    message: 'Nothing is written yet. Go on?',
    choices: [
      { name: 'write a request for a second person', value: 'request' as const },
      { name: 'back to the finding', value: 'back' as const },
    ],
    none: STOP,
  });
  if (way !== 'request') return way ?? 'stop';
  const reason = await prompts.input({ message: 'Why? The second person reads it:', objection: unfit });
  const ticket = await prompts.input({ message: 'Ticket, or - for none:', objection: unfit });
  return { reason, ticket: ticket === '-' ? undefined : ticket };
}

/** What a request would not be read with. */
function unfit(text: string): string | undefined {
  if (text.length > 4096) return 'at most 4096 characters';
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(text) ? 'without control or invisible characters' : undefined;
}

async function askAboutLoop(prompts: Prompts): Promise<string | undefined> {
  const way = await prompts.select({
    message: 'The reconcile loop may write to the state meanwhile.',
    choices: [{ name: 'say why it may go on', value: true }],
    none: `${STOP}, and disable it first`,
  });
  if (way === undefined) return undefined;
  return prompts.input({ message: 'Why may it? The second person reads it first:', objection: unfit });
}

async function askForApproval(
  prompts: Prompts,
  { request }: Pending,
  approvers: readonly string[],
): Promise<ApprovalSource | 'stop'> {
  const beside = { name: 'wait until it lies beside the state', value: 'beside' as const };
  const more = approvers.length === 0 ? '' : ` (so far: ${approvers.join(', ')})`;
  const way = await prompts.select({
    message: `A second person has to approve${more}.`,
    choices: [
      { name: 'I have their approval: paste it, or name its file', value: 'token' as const },
      ...(request.state.type === 'terraform' ? [] : [beside]),
      { name: 'a colleague is here, with their own AWS profile', value: 'profile' as const },
      { name: 'a colleague is here, with their own SSH key', value: 'ssh' as const },
    ],
    none: `${STOP}; the request waits`,
  });
  switch (way) {
    case undefined:
      return 'stop';
    case 'token':
      return { kind: 'token', token: await prompts.input({ message: 'The approval, or its file:' }) };
    case 'beside':
      return { kind: 'beside', wait: true };
    case 'profile': {
      const profile = await prompts.input({ message: "The colleague's AWS profile:" });
      return { kind: 'here', reviewer: { kind: 'profile', profile } };
    }
    case 'ssh': {
      const key = await prompts.input({ message: "The colleague's SSH key (a file):" });
      return { kind: 'here', reviewer: { kind: 'ssh', key } };
    }
  }
}
