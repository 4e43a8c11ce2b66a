import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

import { beforeEach, describe, expect, test } from '@jest/globals';

import { InterruptedError } from '../../../src/errors.js';
import { openPlainPrompts } from '../../../src/ui/plain-prompts.js';
import type { Prompts } from '../../../src/ui/prompts.js';

describe('plain questions', () => {
  let input: PassThrough;
  let interruption: AbortController;
  let prompts: Prompts;
  let shown: string;

  beforeEach(() => {
    input = new PassThrough();
    const output = new PassThrough();
    interruption = new AbortController();
    prompts = openPlainPrompts({ input, output, signal: interruption.signal });
    shown = '';
    output.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
  });

  /** Lines, typed one after the other, each once a question stands. */
  async function type<T>(answer: Promise<T>, ...lines: readonly string[]): Promise<T> {
    answer.catch(() => undefined);
    for (const line of lines) {
      for (let turn = 0; turn < 5; turn += 1) await setImmediate();
      input.write(`${line}\n`);
    }
    return answer;
  }

  const CHOICE = {
    message: 'Which one?',
    choices: ['rm', 'import'].map((name) => ({ name, value: name })),
    none: 'stop here',
  };

  test('a choice is made by its number, and nothing but lines is written', async () => {
    await expect(type(prompts.select(CHOICE), '2')).resolves.toBe('import');
    expect(shown).toBe('Which one?\n  1. rm\n  2. import\n  3. stop here (or Enter alone)\nNumber (1-3): ');
  });

  test.each([[''], ['3']])('%j chooses nothing', async (line) => {
    await expect(type(prompts.select(CHOICE), line)).resolves.toBeUndefined();
  });

  test.each(['0', '4', '-1', '1e0', 'rm'])('%j is no number of a choice', async (line) => {
    await expect(type(prompts.select(CHOICE), line, '1')).resolves.toBe('rm');
    expect(shown).toContain('a number from 1 to 3 is needed');
  });

  test('a bare Enter confirms nothing, what is mistyped is asked again', async () => {
    const question = { message: 'Type acme', expected: 'acme' };
    await expect(type(prompts.confirmTyped(question), '')).resolves.toBe(false);
    await expect(type(prompts.confirmTyped(question), 'yes', 'acme')).resolves.toBe(true);
    expect(shown).toContain('that is not acme; Enter alone means no');
  });

  test('a text is needed, and has to do', async () => {
    const objection = (text: string) => (text === 'x' ? 'x is too short' : undefined);
    await expect(type(prompts.input({ message: 'Why?', objection }), '', 'x', ' why ')).resolves.toBe('why');
    expect(shown).toMatch(/a text is needed\nWhy\? x is too short\n/);
  });

  test('the end of the input is an interruption', async () => {
    const answer = prompts.select(CHOICE);
    input.end();
    await expect(answer).rejects.toBeInstanceOf(InterruptedError);
  });

  test('the interruption of the command ends a question', async () => {
    const answer = prompts.input({ message: 'Why?' });
    const reason = new InterruptedError('Interrupted', 'interrupted by SIGTERM');
    interruption.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });
});
