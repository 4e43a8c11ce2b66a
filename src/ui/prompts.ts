import type { ChalkInstance } from 'chalk';

import { InterruptedError, isError, UsageError } from '../errors.js';
import { DEFAULT_WIDTH, wrap } from './columns.js';
import { distinctName } from '../terraform/address/plain-address.js';
import { printable } from './printable.js';

/** Questions to somebody at a terminal. A bare Enter never says yes; Ctrl-C and Ctrl-D end the command with 130. */
export interface Prompts {
  /** A line of text, without the blanks around it; never empty. */
  input(question: InputQuestion): Promise<string>;
  /** Whether `expected` was typed, letter by letter. A bare Enter is a no; anything else is asked again. */
  confirmTyped(question: TypedQuestion): Promise<boolean>;
  /** One of some values, which are numbered; undefined: none of them, which is where the cursor stands at first. */
  select<T>(question: SelectQuestion<T>): Promise<T | undefined>;
}

export interface InputQuestion {
  readonly message: string;
  /** Why a text will not do; undefined: it does. */
  readonly objection?: (text: string) => string | undefined;
}

export interface TypedQuestion {
  readonly message: string;
  readonly expected: string;
}

export interface SelectQuestion<T> {
  readonly message: string;
  readonly choices: readonly { readonly name: string; readonly value: T }[];
  /** What it is called to choose nothing, e.g. `leave it as it is`. */
  readonly none: string;
}

/** The value of the choice of nothing. */
const NONE = -1;

/** Where questions are asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  /** The interruption of the command. */
  readonly signal: AbortSignal;
  readonly colour: ChalkInstance;
}

/** Whether there is somebody who can be asked. */
export function isInteractive({ input, output }: Pick<Terminal, 'input' | 'output'>): boolean {
  return input.isTTY === true && output.isTTY === true;
}

/**
 * Questions on a terminal. What is piped into a command is never taken for an answer.
 *
 * @param instead what to give on the command line where there is no terminal, e.g. `give --lock-id ID`
 * @throws UsageError `TerminalMissing`
 */
export function openPrompts(terminal: Terminal, instead: string): Prompts {
  if (!isInteractive(terminal)) {
    throw new UsageError('TerminalMissing', 'there is no terminal on which anything could be asked', {
      hint: instead,
    });
  }
  return {
    input: async ({ message, objection = () => undefined }) => {
      const validate = (text: string): string | true =>
        text.trim() === '' ? 'a text is needed' : (objection(text.trim()) ?? true);
      return (await askText(terminal, message, validate)).trim();
    },
    confirmTyped: async ({ message, expected }) => {
      const validate = (text: string): string | true =>
        ['', expected].includes(text.trim()) || `that is not ${distinctName(expected)}; Enter alone means no`;
      return (await askText(terminal, message, validate)).trim() === expected && expected !== '';
    },
    select: (question) => askChoice(terminal, question),
  };
}

async function askText(
  terminal: Terminal,
  message: string,
  validate: (text: string) => string | true,
): Promise<string> {
  const { input } = await import('@inquirer/prompts');
  const config = { message: inLines(printable(message), terminal, 2), validate, theme: themeOf(terminal) };
  return answered(terminal, (context) => input(config, context));
}

async function askChoice<T>(
  terminal: Terminal,
  { message, choices, none }: SelectQuestion<T>,
): Promise<T | undefined> {
  const { select } = await import('@inquirer/prompts');
  const named = [
    ...choices.map(({ name }, value) => ({ ...namesOf(name, message, terminal), value })),
    { ...namesOf(none, message, terminal), value: NONE },
  ];
  const config = {
    ...{ message: inLines(printable(message), terminal, 2), choices: named, default: NONE },
    ...{ loop: false, pageSize: 12, theme: { ...themeOf(terminal), indexMode: 'number' as const } },
  };
  const index = await answered(terminal, (context) => select(config, context));
  return choices[index]?.value;
}

/** How a choice is listed, and how it is called once it is made: below a question that leaves no room for it. */
function namesOf(name: string, message: string, terminal: Terminal): { name: string; short: string } {
  const text = printable(name);
  const fits = message.length + text.length + 4 < widthOf(terminal);
  return { name: inLines(text, terminal, 5), short: fits ? text : `\n  ${inLines(text, terminal, 2)}` };
}

/** Broken between words, which a terminal does not do. */
function inLines(text: string, terminal: Terminal, indent: number): string {
  return wrap(text, widthOf(terminal) - indent - 1).join(`\n${' '.repeat(indent)}`);
}

function widthOf({ output }: Terminal): number {
  return output.columns !== undefined && output.columns > 0 ? output.columns : DEFAULT_WIDTH;
}

interface Context extends Pick<Terminal, 'input' | 'output'> {
  readonly signal: AbortSignal;
}

/** An answer, or the interruption. The prompts know of Ctrl-C; of the end of the input they would never tell. */
async function answered<T>(
  { input, output, signal }: Terminal,
  ask: (context: Context) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
  };
  const onKey = (_: unknown, key: { readonly name?: string; readonly ctrl?: boolean } | undefined): void => {
    if (key?.ctrl === true && key.name === 'd') end();
  };
  input.on('keypress', onKey).on('end', end);
  try {
    return await ask({ input, output, signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (ended.signal.aborted || (isError(error) && error.name === 'ExitPromptError')) {
      throw new InterruptedError('Interrupted', 'interrupted while a question was open', { cause: error });
    }
    throw error;
  } finally {
    input.off('keypress', onKey).off('end', end);
  }
}

/** In the colours of all other output, or without any. */
function themeOf({ colour }: Terminal) {
  return {
    prefix: { idle: colour.yellow('?'), done: colour.green('✓') },
    icon: { cursor: '>' },
    style: {
      answer: (text: string) => colour.cyan(text),
      message: (text: string) => colour.bold(text),
      error: (text: string) => colour.red(text),
      highlight: (text: string) => colour.cyan(text),
      keysHelpTip: () => colour.dim('arrows or a number move, Enter takes'),
    },
  };
}
