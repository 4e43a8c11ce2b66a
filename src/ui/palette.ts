import { Chalk, type ChalkInstance } from 'chalk';

/** What decides about colour on one output stream. */
export interface ColourChoice {
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The `--no-color` flag. */
  readonly noColor: boolean;
}

/** Colours for one output stream: none without a terminal, with `NO_COLOR`, `TERM=dumb` or `--no-color`. */
export function createPalette({ isTTY, env, noColor }: ColourChoice): ChalkInstance {
  const forbidden = noColor || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const forced = (env['FORCE_COLOR'] ?? '0') !== '0';
  return new Chalk({ level: !forbidden && (isTTY || forced) ? 1 : 0 });
}
