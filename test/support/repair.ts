import { createPalette } from '../../src/ui/palette.js';
import { InterruptedError } from '../../src/errors.js';
import { runSession } from '../../src/repair/session.js';
import type { RepairReport } from '../../src/repair/report.js';
import type { Stage } from '../../src/repair/stage.js';
import type { Pending, Work } from '../../src/repair/work.js';
import type { CarriedOut } from '../../src/review/carry-out.js';
import type { AskReport } from '../../src/surgery/ask.js';
import type { Prompts } from '../../src/ui/prompts.js';
import type { ScreenStyle } from '../../src/ui/repair/frame.js';
import { promptedAnswers } from '../../src/ui/repair/prompted-answers.js';
import { repairScreens } from '../../src/ui/repair/screens.js';
import { warningsOn } from '../../src/ui/repair/warnings.js';
import { ailing } from '../unit/support/diagnoses.js';
import { requestOf } from './surgery/request.js';

/** Ctrl-C while a question stands. */
export const CTRL_C = '^C';

/** A bare Enter. */
export const ENTER = '';

/** Somebody who types what is written down: a part of a choice's name, a text, Enter or Ctrl-C. */
export function scriptedPrompts(script: readonly string[]): Prompts & { readonly left: string[] } {
  const left = [...script];
  const next = (question: string): string => {
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nobody answers: ${question}`);
    if (answer === CTRL_C) throw new InterruptedError('Interrupted', 'interrupted while a question was open');
    return answer;
  };
  return {
    left,
    input: async ({ message, objection }) => {
      for (;;) {
        const text = await Promise.resolve(next(message));
        if (text !== ENTER && objection?.(text) === undefined) return text;
      }
    },
    confirmTyped: async ({ message, expected }) => {
      for (;;) {
        const text = await Promise.resolve(next(message));
        if (text === ENTER || text === expected) return text === expected;
      }
    },
    select: async ({ message, choices }) => {
      const answer = await Promise.resolve(next(message));
      if (answer === ENTER) return undefined;
      const chosen = choices.find(({ name }) => name.includes(answer));
      if (chosen === undefined) throw new Error(`${message} has no ${answer}`);
      return chosen.value;
    },
  };
}

const ADDRESS = 'aws_db_parameter_group.booking-db-pg15';

export const PREVIEW: AskReport = {
  ...{ root: 'ferries-prod', state: 's3://states/ferries-prod.tfstate', serial: 42 },
  changes: [{ kind: 'removed', address: ADDRESS }],
  expectedPlan: [{ address: ADDRESS, action: 'create' }],
};

export const PENDING: Pending = {
  ...{ id: '3f2a9c01d4e5', digest: '3f2a9c01d4e5'.padEnd(64, '0'), file: '/data/requests/3f2a9c01d4e5.json' },
  request: requestOf({ root: 'ferries-prod' }),
  reviewLine: 'tfrepair review /data/requests/3f2a9c01d4e5.json --account ferries-prod',
};

export const DONE: CarriedOut = {
  ...{ root: 'ferries-prod', state: PREVIEW.state, digest: PENDING.digest, serial: 43 },
  approvers: [{ person: 'rroe', proof: 'ssh', principal: 'SHA256:abc' }],
  backup: '/data/backups/ferries-prod.tfstate',
  plan: {
    kind: 'as-expected',
    expected: PREVIEW.expectedPlan,
    ...{ planned: PREVIEW.expectedPlan, besides: [] },
  },
};

/** Work that succeeds, and remembers what was asked of it. */
export function scriptedWork(more: Partial<Work> = {}): Work & { readonly calls: string[] } {
  const calls: string[] = [];
  const work: Work = {
    diagnose: () => Promise.resolve(ailing),
    preview: () => Promise.resolve(PREVIEW),
    prepare: () => Promise.resolve({ report: PREVIEW, pending: PENDING }),
    deliveries: () => Promise.resolve([]),
    deliver: ({ id }) => Promise.resolve(`${id} is on its way`),
    approvalsBeside: () => Promise.resolve(['tfra1.beside']),
    reviewHere: () => Promise.resolve('tfra1.here'),
    approvals: () => Promise.resolve({ approvers: ['rroe by ssh'], enough: true }),
    carryOut: (_, __, { onStep, onPlan }) => {
      onStep('writing');
      onPlan();
      return Promise.resolve(DONE);
    },
    progress: () => Promise.resolve('waiting'),
    settle: () => Promise.resolve('rolled-back'),
    ...more,
  };
  const told = <A extends unknown[], R>(name: string, call: (...args: A) => R) => {
    return (...args: A): R => {
      calls.push(name);
      return call(...args);
    };
  };
  return {
    calls,
    diagnose: told('diagnose', work.diagnose),
    preview: told('preview', work.preview),
    prepare: told('prepare', work.prepare),
    deliveries: work.deliveries,
    deliver: told('deliver', work.deliver),
    approvalsBeside: told('approvalsBeside', work.approvalsBeside),
    reviewHere: told('reviewHere', work.reviewHere),
    approvals: told('approvals', work.approvals),
    carryOut: told('carryOut', work.carryOut),
    progress: told('progress', work.progress),
    settle: told('settle', work.settle),
  };
}

export interface Played {
  /** Undefined: it threw. */
  readonly report: RepairReport | undefined;
  readonly error: unknown;
  /** All that was shown. */
  readonly shown: string;
  readonly calls: readonly string[];
  /** Of the script. */
  readonly left: readonly string[];
}

const STYLE: ScreenStyle = {
  colour: createPalette({ isTTY: false, env: {}, noColor: true }),
  ...{ width: 80, plain: false },
};

/** Plays a session to its end. */
export async function play(
  script: readonly string[],
  more: Partial<Work> = {},
  begin: Stage = { at: 'diagnose' },
): Promise<Played> {
  const shown: string[] = [];
  const write = (lines: readonly string[]): void => {
    shown.push(...lines);
  };
  const prompts = scriptedPrompts(script);
  const work = scriptedWork(more);
  const answers = promptedAnswers(prompts, warningsOn(write, STYLE));
  const parties = { screens: repairScreens(write, STYLE), answers, work };
  const lines = {
    start: 'tfrepair repair --account ferries-prod',
    resume: (id: string) => `tfrepair repair --resume ${id}`,
  };
  const signal = new AbortController().signal;
  const rest = () => ({ shown: shown.join('\n'), calls: work.calls, left: prompts.left });
  try {
    const report = await runSession(begin, parties, { signal, lines });
    return { report, error: undefined, ...rest() };
  } catch (error) {
    return { report: undefined, error, ...rest() };
  }
}

/** A script up to where a request was written down. */
export const TO_REQUEST = [
  'booking-db-pg15',
  'forget the group',
  'write a request',
  'deleted by hand',
  'FERRY-1',
];
/** Up to the last confirmation. */
export const TO_CONFIRM = [...TO_REQUEST, 'I have their approval', 'tfra1.x'];
/** From the diagnosis to the end. */
export const WHOLE = [...TO_CONFIRM, 'ferries-prod', ENTER];

/** A request of an earlier session. */
export const RESUMED = { at: 'resume', pending: PENDING, case: undefined, later: undefined } as const;
