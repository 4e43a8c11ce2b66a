import { UsageError } from '../../errors.js';
import type { Answers } from '../../repair/dialogue.js';
import { nameOf } from './flag-answers.js';

/** Where there is no terminal: what the flags do not say is not guessed. */
export function noAnswers(): Answers {
  let hasLooked = false;
  return {
    chooseFinding: ({ findings }) => {
      throw missing(
        'which finding shall be repaired',
        `--finding ${findings.slice(0, 5).map(nameOf).join(', or ')}`,
      );
    },
    goesAgainstAdvice: ({ leaveStateAlone = '' }) => {
      throw missing(
        `whether to go on against the advice: ${leaveStateAlone}`,
        '--against-advice, or better nothing',
      );
    },
    chooseRepair: ({ repairs }) => {
      const [only, ...others] = repairs;
      if (only === undefined) return Promise.resolve('stop');
      if (others.length === 0) return Promise.resolve(only);
      const hint = repairs.map(({ title }, index) => `--repair ${index + 1}: ${title}`).join('; ');
      throw missing('which repair it shall be', hint);
    },
    askReasons: () => {
      throw missing('why the state is to be changed', '--reason TEXT');
    },
    askAboutLoop: (refusal) => {
      throw refusal;
    },
    chooseDelivery: () => Promise.resolve(undefined),
    chooseApproval: ({ request }) => {
      if (hasLooked || request.state.type === 'terraform') return Promise.resolve('stop');
      hasLooked = true;
      return Promise.resolve({ kind: 'beside', wait: false });
    },
    refused: (refusal) => {
      throw refusal;
    },
    confirms: ({ request }) => {
      throw missing('that this state is to be written', `--confirm ${request.root}`);
    },
    goesOn: () => Promise.resolve(false),
  };
}

function missing(what: string, hint: string): UsageError {
  return new UsageError('AnswerMissing', `nothing says ${what}, and there is no terminal to ask on`, {
    hint: `give ${hint}`,
  });
}
