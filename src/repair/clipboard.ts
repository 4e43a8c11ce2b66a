import { FailedError, messageOf } from '../errors.js';
import { findProgram } from '../find-program.js';
import type { World } from '../world.js';

/** A place from which text can be pasted elsewhere. */
export interface Clipboard {
  /** The program, or the terminal's own. */
  readonly name: string;
  /** @throws FailedError `ClipboardUnusable` */
  copy(text: string): Promise<void>;
}

/** Terminals that take text for the clipboard by an escape sequence (OSC 52), by `TERM_PROGRAM` or `TERM`. */
const TERMINALS = /^(iTerm\.app|WezTerm|ghostty|vscode|xterm-kitty|xterm-ghostty|alacritty|foot)/;

/** What a terminal takes at least; more may be cut off without a word. */
const MAX_OSC_BYTES = 74_000;

const TIMEOUT_MS = 5000;

const PROGRAMS: readonly { name: string; args: readonly string[]; needs: string | undefined }[] = [
  { name: 'pbcopy', args: [], needs: undefined },
  { name: 'wl-copy', args: [], needs: 'WAYLAND_DISPLAY' },
  { name: 'xclip', args: ['-selection', 'clipboard'], needs: 'DISPLAY' },
];

/**
 * The clipboard, where there is one that can work: a program with the display that it needs, or a terminal that is known
 * to have one, unless a multiplexer stands between.
 *
 * @param write writes to the terminal; undefined: there is none
 */
export async function findClipboard(
  { env, signal }: Pick<World, 'env' | 'signal'>,
  write: ((text: string) => void) | undefined,
): Promise<Clipboard | undefined> {
  const has = (name: string): boolean => (env[name] ?? '') !== '';
  for (const { name, args, needs } of PROGRAMS) {
    if (needs !== undefined && !has(needs)) continue;
    const file = await findProgram(name, env['PATH'] ?? '');
    if (file !== undefined) return { name, copy: (text) => copyWith(file, args, text, signal) };
  }
  const isKnown = [env['TERM_PROGRAM'], env['TERM']].some((name) => TERMINALS.test(name ?? ''));
  if (write === undefined || !isKnown || has('TMUX') || has('STY')) return undefined;
  return {
    name: 'this terminal',
    copy: async (text) => {
      copyByTerminal(text, write);
      return Promise.resolve();
    },
  };
}

/** The text goes by stdin: an argument list can be read by others. */
async function copyWith(
  file: string,
  args: readonly string[],
  input: string,
  cancelSignal: AbortSignal,
): Promise<void> {
  const { execa } = await import('execa');
  try {
    // Some stay behind to serve the text, and would hold a pipe open.
    const stdio = { stdout: 'ignore', stderr: 'ignore' } as const;
    await execa(file, args, { input, cancelSignal, timeout: TIMEOUT_MS, ...stdio });
  } catch (error) {
    throw new FailedError('ClipboardUnusable', `${file} did not take the text: ${messageOf(error)}`, {
      hint: 'hand the file over, or show the token on the screen',
      cause: error,
    });
  }
}

function copyByTerminal(text: string, write: (text: string) => void): void {
  const encoded = Buffer.from(text).toString('base64');
  if (encoded.length > MAX_OSC_BYTES) {
    throw new FailedError('ClipboardUnusable', 'the text is too long for the clipboard of a terminal', {
      hint: 'hand the file over',
    });
  }
  write(`\u001B]52;c;${encoded}\u0007`);
}
