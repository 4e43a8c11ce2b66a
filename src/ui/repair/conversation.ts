import type { ChalkInstance } from 'chalk';

import type { Answers, Screens } from '../../repair/dialogue.js';
import type { World } from '../../world.js';
import { DEFAULT_WIDTH } from '../columns.js';
import type { ProgressStream } from '../fleet-progress.js';
import { openPlainPrompts } from '../plain-prompts.js';
import { printable } from '../printable.js';
import { openPrompts, type Prompts } from '../prompts.js';
import { flagAnswers, type AnswerFlags } from './flag-answers.js';
import type { ScreenStyle } from './frame.js';
import { noAnswers } from './no-answers.js';
import { promptedAnswers } from './prompted-answers.js';
import { repairScreens } from './screens.js';
import { warningsOn } from './warnings.js';

/** Where a session is held. */
export interface ConversationPlace {
  /** Whether somebody can be asked. */
  readonly isInteractive: boolean;
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** Of stderr. */
  readonly colour: ChalkInstance;
  readonly world: World;
}

export interface Conversation {
  readonly screens: Screens;
  readonly answers: Answers;
  /** Undefined: nobody can be asked. */
  readonly prompts: Prompts | undefined;
  readonly style: ScreenStyle;
  /** Lines for people, as they are. */
  readonly write: (lines: readonly string[]) => void;
  /** A line from anywhere. */
  readonly note: (text: string) => void;
  /** Writes to the terminal itself; undefined: there is none. */
  readonly escape: ((text: string) => void) | undefined;
  /** Where progress is shown: redrawn only where that is wanted. */
  readonly progress: ProgressStream;
}

/** Everything that is said in a session goes to stderr: its result alone is for stdout. */
export function openConversation(
  flags: AnswerFlags & { readonly plain: boolean },
  place: ConversationPlace,
): Conversation {
  const { stderr, isInteractive } = place;
  const write = (lines: readonly string[]): void => {
    stderr.write(`${lines.join('\n')}\n`);
  };
  const style = styleOf(flags, place);
  const prompts = isInteractive ? promptsOf(style, place) : undefined;
  const asked = prompts === undefined ? noAnswers() : promptedAnswers(prompts, warningsOn(write, style));
  return {
    ...{ style, prompts, write, screens: repairScreens(write, style), answers: flagAnswers(flags, asked) },
    note: (text) => {
      write([printable(text)]);
    },
    escape: stderr.isTTY
      ? (text) => {
          stderr.write(text);
        }
      : undefined,
    progress: {
      isTTY: stderr.isTTY && !style.plain,
      columns: style.width,
      write: (text) => stderr.write(text),
    },
  };
}

function styleOf(
  { plain }: { readonly plain: boolean },
  { stderr, colour, world }: ConversationPlace,
): ScreenStyle {
  const columns = stderr.isTTY && stderr.columns > 0 ? stderr.columns : DEFAULT_WIDTH;
  return {
    colour,
    width: Math.min(Math.max(columns, 40), 100),
    plain: plain || world.env['TERM'] === 'dumb' || !stderr.isTTY,
  };
}

function promptsOf(
  { plain, colour }: ScreenStyle,
  { stdin: input, stderr: output, world }: ConversationPlace,
): Prompts {
  const terminal = { input, output, signal: world.signal, colour };
  return plain ? openPlainPrompts(terminal) : openPrompts(terminal, 'give the answers as flags');
}
