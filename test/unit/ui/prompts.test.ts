import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

import { beforeEach, describe, expect, test } from '@jest/globals';

import { InterruptedError } from '../../../src/errors.js';
import { createPalette } from '../../../src/ui/palette.js';
import { openPrompts, type Prompts } from '../../../src/ui/prompts.js';

const ENTER = '\r';
const UP = '\u001B[A';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';

const colour = createPalette({ isTTY: false, env: {}, noColor: true });

function terminalStream(): PassThrough & { isTTY: boolean } {
  return Object.assign(new PassThrough(), { isTTY: true });
}

describe('questions', () => {
  let input: ReturnType<typeof terminalStream>;
  let output: ReturnType<typeof terminalStream>;
  let interruption: AbortController;
  let prompts: Prompts;
  let shown: string;

  beforeEach(() => {
    input = terminalStream();
    output = terminalStream();
    interruption = new AbortController();
    const { signal } = interruption;
    prompts = openPrompts({ input, output, signal, colour }, 'give --lock-id ID');
    shown = '';
    output.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
  });

  const screen = (): string => stripVTControlCharacters(shown);

  /** Keys, pressed one after the other once the question stands. */
  async function press<T>(answer: Promise<T>, ...keys: readonly string[]): Promise<T> {
    // It may be refused before the last key.
    answer.catch(() => undefined);
    await once(output, 'data');
    for (const key of keys) {
      await setImmediate();
      input.write(key);
      // An objection is shown a few turns later.
      for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    }
    return answer;
  }

  const TYPED = { message: 'Type 6d3b0a2e to take it away', expected: '6d3b0a2e' };

  test('what is expected is typed', async () => {
    await expect(press(prompts.confirmTyped(TYPED), '6d3b0a2e', ENTER)).resolves.toBe(true);
    expect(screen()).toContain('? Type 6d3b0a2e to take it away');
  });

  test('a bare Enter is a no', async () => {
    await expect(press(prompts.confirmTyped(TYPED), ENTER)).resolves.toBe(false);
  });

  test('a bare Enter is a no, even if nothing is expected', async () => {
    await expect(press(prompts.confirmTyped({ message: 'Sure?', expected: '' }), ENTER)).resolves.toBe(false);
  });

  test('what is mistyped is asked again', async () => {
    const answer = prompts.confirmTyped(TYPED);
    await expect(press(answer, 'yes', ENTER, CTRL_U, '6d3b0a2e', ENTER)).resolves.toBe(true);
    expect(screen()).toContain('that is not 6d3b0a2e; Enter alone means no');
  });

  test('a text is needed, and has to do', async () => {
    const objection = (name: string) => (name === 'x' ? 'x is too short' : undefined);
    const answer = prompts.input({ message: 'Why?', objection });
    await expect(press(answer, ENTER, 'x', ENTER, 'yz ', ENTER)).resolves.toBe('xyz');
    expect(screen()).toMatch(/a text is needed[\s\S]*x is too short/);
  });

  const CHOICE = {
    message: 'Which one?',
    choices: ['rm', 'import'].map((name) => ({ name, value: name })),
    none: 'leave it as it is',
  };

  test('a bare Enter chooses nothing', async () => {
    await expect(press(prompts.select(CHOICE), ENTER)).resolves.toBeUndefined();
  });

  test('an arrow and Enter choose something', async () => {
    await expect(press(prompts.select(CHOICE), UP, ENTER)).resolves.toBe('import');
    expect(screen()).toContain('> 3. leave it as it is');
  });

  test('a number and Enter choose something', async () => {
    await expect(press(prompts.select(CHOICE), '1', ENTER)).resolves.toBe('rm');
    expect(screen()).toContain('1. rm');
  });

  test.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('%s is an interruption', async (_, key) => {
    await expect(press(prompts.confirmTyped(TYPED), '6d3b', key)).rejects.toBeInstanceOf(InterruptedError);
  });

  test('the end of the input is an interruption', async () => {
    const answer = prompts.confirmTyped(TYPED);
    input.end();
    await expect(answer).rejects.toBeInstanceOf(InterruptedError);
  });

  test('the interruption of the command ends a question', async () => {
    const answer = prompts.confirmTyped(TYPED);
    const reason = new InterruptedError('Interrupted', 'interrupted by SIGTERM');
    interruption.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });

  test('what is shown cannot move the cursor', async () => {
    await press(prompts.confirmTyped({ message: 'Type \u001B[2J', expected: 'x' }), ENTER);
    expect(shown).toContain('Type ');
    expect(shown).not.toContain('\u001B[2J');
  });
});

test.each(['input', 'output'])('without a terminal as %s the flags are named', (missing) => {
  const streams = { input: terminalStream(), output: terminalStream() };
  const terminal = { ...streams, [missing]: new PassThrough(), signal: AbortSignal.timeout(1000), colour };
  expect(() => openPrompts(terminal, 'give --lock-id ID')).toThrow(
    expect.objectContaining({ code: 'TerminalMissing', hint: 'give --lock-id ID' }),
  );
});
