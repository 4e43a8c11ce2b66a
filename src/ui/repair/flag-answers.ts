import type { OwnedFinding } from '../../diagnosis/diagnosis.js';
import { UsageError } from '../../errors.js';
import type { Answers } from '../../repair/dialogue.js';

/** Flags that answer what a session asks. */
export interface AnswerFlags {
  /** `CODE` or `CODE@ADDRESS` */
  readonly finding?: string | undefined;
  readonly 'against-advice': boolean;
  /** Counted from 1. */
  readonly repair?: number | undefined;
  readonly reason?: string | undefined;
  readonly ticket?: string | undefined;
  readonly 'accept-running-loop'?: string | undefined;
  readonly approval?: readonly string[] | undefined;
  /** Leave the request beside the state. */
  readonly share?: boolean;
  /** The name of the root. */
  readonly confirm?: string | undefined;
}

/** Answers by flags, each of which is used once: what comes after it is a question of its own. */
export function flagAnswers(flags: AnswerFlags, otherwise: Answers): Answers {
  const left = new Map(Object.entries(flags).filter(([, value]) => value !== undefined && value !== false));
  const take = <K extends keyof AnswerFlags>(name: K): AnswerFlags[K] | undefined =>
    left.delete(name) ? flags[name] : undefined;
  const approvals = [...(flags.approval ?? [])];
  return {
    ...otherwise,
    chooseFinding: async (root) => {
      const name = take('finding');
      return name === undefined ? otherwise.chooseFinding(root) : findingNamed(name, root.findings);
    },
    goesAgainstAdvice: async (finding) =>
      take('against-advice') === true || (await otherwise.goesAgainstAdvice(finding)),
    chooseRepair: async (finding) => {
      const number = take('repair');
      return number === undefined ? otherwise.chooseRepair(finding) : repairNumber(number, finding);
    },
    askReasons: async (preview) => {
      const reason = take('reason');
      return reason === undefined ? otherwise.askReasons(preview) : { reason, ticket: take('ticket') };
    },
    askAboutLoop: async (refusal) => take('accept-running-loop') ?? (await otherwise.askAboutLoop(refusal)),
    chooseDelivery: async (deliveries) =>
      take('share') === true
        ? deliveries.find(({ kind }) => kind === 'beside')
        : otherwise.chooseDelivery(deliveries),
    chooseApproval: async (pending, approvers) => {
      const token = approvals.shift();
      return token === undefined ? otherwise.chooseApproval(pending, approvers) : { kind: 'token', token };
    },
    confirms: async (pending) => {
      const name = take('confirm');
      if (name === undefined) return otherwise.confirms(pending);
      if (name === pending.request.root) return true;
      throw new UsageError(
        'ConfirmationWrong',
        `--confirm names ${name}, but the state is of ${pending.request.root}`,
        {
          hint: `look again: the request is for ${pending.request.root}`,
        },
      );
    },
  };
}

function findingNamed(name: string, findings: readonly OwnedFinding[]): OwnedFinding {
  const [code = '', ...rest] = name.split('@');
  const address = rest.join('@');
  const fitting = findings.filter(
    (finding) => finding.code === code && (address === '' || finding.addresses.includes(address)),
  );
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  const names = (only === undefined ? findings : fitting).slice(0, 5).map(nameOf);
  throw new UsageError(
    only === undefined ? 'FindingUnknown' : 'FindingAmbiguous',
    only === undefined ? `${name} was not found` : `${name} was found ${fitting.length} times`,
    { hint: `--finding ${names.join(', or ')}` },
  );
}

/** As `--finding` takes it. */
export function nameOf({ code, addresses: [address] }: OwnedFinding): string {
  return address === undefined ? code : `${code}@${address}`;
}

function repairNumber(number: number, { repairs, code }: OwnedFinding) {
  const repair = repairs[number - 1];
  if (repair !== undefined) return repair;
  throw new UsageError('RepairUnknown', `${code} has no repair ${number}`, {
    hint: repairs.map(({ title }, index) => `--repair ${index + 1}: ${title}`).join('; '),
  });
}
