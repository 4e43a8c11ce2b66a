import { describe, expect, test } from '@jest/globals';

import { RefusedError } from '../../../src/errors.js';
import type { Answers } from '../../../src/repair/dialogue.js';
import { flagAnswers, type AnswerFlags } from '../../../src/ui/repair/flag-answers.js';
import { noAnswers } from '../../../src/ui/repair/no-answers.js';
import { PENDING, PREVIEW } from '../../support/repair.js';
import { ailing, deletedGroup, oldVersion } from '../support/diagnoses.js';

const answersOf = (flags: Partial<AnswerFlags> = {}): Answers =>
  flagAnswers({ 'against-advice': false, ...flags }, noAnswers());

/** What is thrown, also before there is a promise. */
async function thrown(action: () => Promise<unknown>): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    return error;
  }
}

describe('without a terminal', () => {
  test.each([
    ['a finding', (answers: Answers) => answers.chooseFinding(ailing), '--finding deleted-outside@'],
    ['a repair', (answers: Answers) => answers.chooseRepair(deletedGroup), '--repair 1: forget the group'],
    ['a reason', (answers: Answers) => answers.askReasons(PREVIEW), '--reason TEXT'],
    ['the last word', (answers: Answers) => answers.confirms(PENDING), '--confirm ferries-prod'],
    ['going on', (answers: Answers) => answers.goesAgainstAdvice(deletedGroup), '--against-advice'],
  ])('%s that no flag gives is asked for by the name of the flag', async (_, ask, flag) => {
    expect(await thrown(() => ask(answersOf()))).toMatchObject({
      ...{ code: 'AnswerMissing', exitCode: 2 },
      hint: expect.stringContaining(flag),
    });
  });

  test('the only repair needs no number', async () => {
    const only = { ...deletedGroup, repairs: deletedGroup.repairs.slice(0, 1) };
    expect(await answersOf().chooseRepair(only)).toBe(only.repairs[0]);
  });

  test('an approval is looked for beside the state once, then the request waits', async () => {
    const answers = answersOf();
    expect(await answers.chooseApproval(PENDING, [])).toEqual({ kind: 'beside', wait: false });
    expect(await answers.chooseApproval(PENDING, [])).toBe('stop');
  });

  test.each(['LoopRunning', 'SamePerson'])('a refusal is not asked about: %s', async (code) => {
    const refusal = new RefusedError(code, 'no');
    expect(await thrown(() => answersOf().askAboutLoop(refusal))).toBe(refusal);
    expect(() => {
      answersOf().refused(refusal);
    }).toThrow(refusal);
  });

  test('nothing goes on by itself', async () => {
    expect(await answersOf().goesOn(ailing.findings)).toBe(false);
    expect(await answersOf().chooseDelivery([{ kind: 'screen', title: 'show it' }])).toBeUndefined();
  });
});

describe('a flag', () => {
  test.each([
    ['deleted-outside', deletedGroup],
    ['deleted-outside@aws_db_instance.booking-db', deletedGroup],
    ['wrong-terraform-version', oldVersion],
  ])('--finding %s names a finding', async (finding, found) => {
    expect(await answersOf({ finding }).chooseFinding(ailing)).toBe(found);
  });

  test('--finding with a key that has an @ is an address all the same', async () => {
    const odd = { ...deletedGroup, addresses: ['aws_sqs_queue.q["a@b"]'] };
    const root = { ...ailing, findings: [odd] };
    expect(await answersOf({ finding: 'deleted-outside@aws_sqs_queue.q["a@b"]' }).chooseFinding(root)).toBe(
      odd,
    );
  });

  test.each([
    ['tainted', 'FindingUnknown', ailing.findings],
    ['deleted-outside@aws_sqs_queue.other', 'FindingUnknown', ailing.findings],
    ['deleted-outside', 'FindingAmbiguous', [deletedGroup, { ...deletedGroup, addresses: ['aws_x.y'] }]],
  ])('--finding %s is refused: %s', async (finding, code, findings) => {
    const ask = () => answersOf({ finding }).chooseFinding({ ...ailing, findings });
    expect(await thrown(ask)).toMatchObject({
      code,
      hint: expect.stringContaining('--finding deleted-outside@'),
    });
  });

  test('--repair counts from 1, and what is not there is refused with what is', async () => {
    expect(await answersOf({ repair: 2 }).chooseRepair(deletedGroup)).toBe(deletedGroup.repairs[1]);
    expect(await thrown(() => answersOf({ repair: 3 }).chooseRepair(deletedGroup))).toMatchObject({
      code: 'RepairUnknown',
      hint: expect.stringContaining('--repair 1: forget the group'),
    });
  });

  test('--confirm has to be the name', async () => {
    expect(await answersOf({ confirm: 'ferries-prod' }).confirms(PENDING)).toBe(true);
    const ask = () => answersOf({ confirm: 'ferries-stage' }).confirms(PENDING);
    expect(await thrown(ask)).toMatchObject({ code: 'ConfirmationWrong', exitCode: 2 });
  });

  test('answers once: what comes after it is a question of its own', async () => {
    const answers = answersOf({
      reason: 'deleted',
      ticket: 'FERRY-1',
      approval: ['a', 'b'],
      confirm: 'ferries-prod',
    });
    expect(await answers.askReasons(PREVIEW)).toEqual({ reason: 'deleted', ticket: 'FERRY-1' });
    expect(await answers.confirms(PENDING)).toBe(true);
    expect(await answers.chooseApproval(PENDING, [])).toEqual({ kind: 'token', token: 'a' });
    expect(await answers.chooseApproval(PENDING, [])).toEqual({ kind: 'token', token: 'b' });
    for (const ask of [() => answers.askReasons(PREVIEW), () => answers.confirms(PENDING)]) {
      expect(await thrown(ask)).toMatchObject({ code: 'AnswerMissing' });
    }
  });
});
