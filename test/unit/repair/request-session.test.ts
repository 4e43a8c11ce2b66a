import { describe, expect, test } from '@jest/globals';

import { InterruptedError, RefusedError, StateChangedError } from '../../../src/errors.js';
import {
  CTRL_C,
  DONE,
  ENTER,
  PENDING,
  play,
  RESUMED,
  TO_CONFIRM,
  TO_REQUEST,
  WHOLE,
} from '../../support/repair.js';

describe('an approval', () => {
  const refusing = (code: string) => ({
    approvals: () => Promise.reject(new RefusedError(code, 'this is refused')),
  });

  test('that lies beside the state is waited for', async () => {
    const { report, shown } = await play([...TO_REQUEST, 'beside the state', 'ferries-prod', ENTER]);
    expect(report).toMatchObject({ outcome: 'repaired' });
    expect(shown).toContain('Waiting for an approval beside the state');
  });

  test.each([
    ['AWS profile', 'profile', 'rroe'],
    ['SSH key', 'ssh', 'key'],
  ])('of a colleague who is here, with their own %s', async (choice, kind, value) => {
    const reviewers: unknown[] = [];
    const { report } = await play([...TO_REQUEST, choice, value, 'ferries-prod', ENTER], {
      reviewHere: (_, reviewer) => {
        reviewers.push(reviewer);
        return Promise.resolve('tfra1.here');
      },
    });
    expect(reviewers).toMatchObject([{ kind }]);
    expect(report).toMatchObject({ outcome: 'repaired' });
  });

  test('of a colleague who is the same person is refused, and asked for again', async () => {
    const { report, shown, calls } = await play([...TO_REQUEST, 'AWS profile', 'own', ENTER], {
      reviewHere: () => Promise.reject(new RefusedError('SamePerson', 'jdoe made this request')),
    });
    expect(shown).toContain('Refused: jdoe made this request');
    expect(report).toMatchObject({ outcome: 'handed-over' });
    expect(calls).not.toContain('approvals');
  });

  test('that does not hold is asked for again', async () => {
    const { report, shown } = await play([...TO_CONFIRM, ENTER], refusing('TokenInvalid'));
    expect(shown).toContain('Refused: this is refused');
    expect(report).toMatchObject({ outcome: 'handed-over' });
  });

  test.each(['RequestRejected', 'RequestExpired', 'AlreadyExecuted'])('%s is final', async (code) => {
    const { error, calls } = await play(TO_CONFIRM, refusing(code));
    expect(error).toMatchObject({ code, exitCode: 4 });
    expect(calls).not.toContain('carryOut');
  });

  test('that is not enough is followed by another', async () => {
    const seen: (readonly string[])[] = [];
    const script = [...TO_CONFIRM, 'I have their approval', 'tfra1.y', 'ferries-prod', ENTER];
    const { report, shown } = await play(script, {
      approvals: (_, tokens) => {
        seen.push(tokens);
        return Promise.resolve({
          approvers: tokens.map((token) => `by ${token}`),
          enough: tokens.length === 2,
        });
      },
    });
    expect(seen).toEqual([['tfra1.x'], ['tfra1.x', 'tfra1.y']]);
    expect(shown).toContain('Approved by by tfra1.x, by tfra1.y.');
    expect(report).toMatchObject({ outcome: 'repaired' });
  });
});

test('another name than that of the account confirms nothing', async () => {
  const { report, calls } = await play([...TO_CONFIRM, 'ferries-stage', 'y', ENTER]);
  expect(report).toMatchObject({ outcome: 'handed-over' });
  expect(calls).not.toContain('carryOut');
});

test('a state that has changed since the review ends the session with 5', async () => {
  const { error } = await play([...TO_CONFIRM, 'ferries-prod'], {
    carryOut: () => Promise.reject(new StateChangedError('StateChanged', 'the state has changed')),
  });
  expect(error).toMatchObject({ code: 'StateChanged', exitCode: 5 });
});

describe('Ctrl-C', () => {
  const scripts = WHOLE.map((_, index) => WHOLE.slice(0, index));
  test.each(scripts.map((script) => [script.length, script] as const))(
    'at question %i says how things stand, and how to go on',
    async (asked, script) => {
      const { error, calls } = await play([...script, CTRL_C]);
      expect(error).toBeInstanceOf(InterruptedError);
      const hasRequest = asked >= TO_REQUEST.length;
      const isDone = calls.includes('carryOut');
      const { message, hint } = error as InterruptedError;
      expect(message).toContain(
        isDone ? 'is carried out' : hasRequest ? `request ${PENDING.id} waits` : 'nothing was asked for',
      );
      expect(hint).toContain(hasRequest && !isDone ? `--resume ${PENDING.id}` : '--account ferries-prod');
    },
  );

  test('while the state is being written points to the resumption, which says what became of it', async () => {
    const { error } = await play([...TO_CONFIRM, 'ferries-prod'], {
      carryOut: () => Promise.reject(new InterruptedError('Interrupted', 'interrupted by SIGINT')),
    });
    expect(error).toMatchObject({ exitCode: 130, hint: expect.stringContaining(`--resume ${PENDING.id}`) });
    expect((error as Error).message).toContain('as before or as approved');
  });
});

describe('a session that is resumed', () => {
  test('waits for the approval again', async () => {
    const script = ['I have their approval', 'tfra1.x', 'ferries-prod', ENTER];
    const { report, calls } = await play(script, {}, RESUMED);
    expect(calls).toEqual(['progress', 'approvals', 'carryOut']);
    expect(report).toMatchObject({ outcome: 'repaired', done: [DONE] });
  });

  test('ends what was cut short first, and needs the approval anew when nothing was written', async () => {
    const { shown, calls } = await play([ENTER], { progress: () => Promise.resolve('unfinished') }, RESUMED);
    expect(calls).toEqual(['progress', 'settle']);
    expect(shown).toContain('was cut short while it was carried out');
    expect(shown).toContain('nothing was written');
  });

  test('is over when the state is as approved', async () => {
    const work = {
      progress: () => Promise.resolve('unfinished' as const),
      settle: () => Promise.resolve('done' as const),
    };
    const { report, shown, calls } = await play([ENTER], work, RESUMED);
    expect(shown).toContain('the state is as approved');
    expect(report).toMatchObject({ outcome: 'repaired', done: [] });
    expect(calls).not.toContain('carryOut');
  });

  test.each([
    ['changed', 'StateOverwritten'],
    ['rejected', 'RequestRejected'],
  ] as const)('does not go on with one that is %s', async (progress, code) => {
    const { error } = await play([], { progress: () => Promise.resolve(progress) }, RESUMED);
    expect(error).toMatchObject({ code, exitCode: 4 });
  });
});
