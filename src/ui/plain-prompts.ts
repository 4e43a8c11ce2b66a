import { createInterface } from 'node:readline/promises';

import { InterruptedError, isError } from '../errors.js';
import { printable } from './printable.js';
import type { Prompts, Terminal } from './prompts.js';

/**
 * Questions as plain lines, for screen readers and for terminals that cannot move their cursor: nothing is drawn twice,
 * and a choice is made by its number. What was typed before a question stands is no answer to it.
 */
export function openPlainPrompts(terminal: Omit<Terminal, 'colour'>): Prompts {
  const say = (text: string): void => {
    terminal.output.write(`${printable(text)}\n`);
  };
  return {
    input: async ({ message, objection }) => {
      for (;;) {
        const text = await askLine(terminal, `${message} `);
        const why = text === '' ? 'a text is needed' : objection?.(text);
        if (why === undefined) return text;
        say(why);
      }
    },
    confirmTyped: async ({ message, expected }) => {
      for (;;) {
        const text = await askLine(terminal, `${message} `);
        if (text === '') return false;
        if (text === expected) return true;
        say(`that is not ${expected}; Enter alone means no`);
      }
    },
    select: async ({ message, choices, none }) => {
      say(message);
      choices.forEach(({ name }, index) => {
        say(`  ${index + 1}. ${name}`);
      });
      say(`  ${choices.length + 1}. ${none} (or Enter alone)`);
      const chosen = await askNumber(terminal, choices.length + 1, say);
      return choices[chosen - 1]?.value;
    },
  };
}

/** @returns `most` for an empty line */
async function askNumber(
  terminal: Omit<Terminal, 'colour'>,
  most: number,
  say: (text: string) => void,
): Promise<number> {
  for (;;) {
    const text = await askLine(terminal, `Number (1-${most}): `);
    if (text === '') return most;
    const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    if (number >= 1 && number <= most) return number;
    say(`a number from 1 to ${most} is needed`);
  }
}

/** A line, without the blanks around it. @throws InterruptedError also at the end of the input */
async function askLine(
  { input, output, signal }: Omit<Terminal, 'colour'>,
  question: string,
): Promise<string> {
  signal.throwIfAborted();
  const lines = createInterface({ input, output, terminal: false });
  const ended = new AbortController();
  lines.once('close', () => {
    ended.abort();
  });
  try {
    const either = AbortSignal.any([signal, ended.signal]);
    return (await lines.question(printable(question), { signal: either })).trim();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (ended.signal.aborted || (isError(error) && error.name === 'AbortError')) {
      throw new InterruptedError('Interrupted', 'interrupted while a question was open', { cause: error });
    }
    throw error;
  } finally {
    lines.close();
  }
}
