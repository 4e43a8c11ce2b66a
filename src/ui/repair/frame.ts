import type { ChalkInstance } from 'chalk';

import { wrap } from '../columns.js';
import { printable } from '../printable.js';

/** How things are shown on a screen. */
export interface ScreenStyle {
  readonly colour: ChalkInstance;
  /** In characters. */
  readonly width: number;
  /** Nothing but text in lines: no frames, for screen readers. */
  readonly plain: boolean;
}

/** What must not be overlooked: in a frame of signs that need no colour, its first word says what it is. */
export function framed(paragraphs: readonly string[], { colour, width, plain }: ScreenStyle): string[] {
  const inner = plain ? width : width - 4;
  const lines = paragraphs.flatMap((text) => wrap(printable(text), inner));
  if (plain) return lines;
  const edge = colour.red.bold('#'.repeat(width));
  const side = colour.red.bold('#');
  return [edge, ...lines.map((line) => `${side} ${line.padEnd(inner)} ${side}`.trimEnd()), edge];
}
