import { BREAK, type Cursor } from './cursor.js';
import { readEscape } from './escape.js';

/**
 * Reads a scalar in single or double quotes (YAML 1.1, sections 9.1.1 and 9.1.2), the cursor on the opening quote. Of
 * several lines, the blanks around a line end go; one line end is a space, and each empty line is a line end.
 */
export function quotedScalar(cursor: Cursor): string {
  const open = cursor.at;
  const quote = cursor.text[cursor.at++];
  let text = '';
  for (;;) {
    const run = readRun(cursor, quote === '"' ? DOUBLE_RUN : SINGLE_RUN);
    const stop = cursor.text[cursor.at];
    if (stop === '\n') text += run.replace(/[ \t]+$/, '') + foldLines(cursor, open);
    else text += run;
    if (stop === undefined) throw unclosed(cursor, open);
    if (stop === '\\') text += readEscape(cursor) ?? '\n'.repeat(skipLines(cursor, open) - 1);
    if (stop !== quote) continue;
    cursor.at++;
    if (quote === '"' || cursor.text[cursor.at] !== quote) return text;
    cursor.at++;
    text += quote;
  }
}

/** What needs no attention within quotes. */
const DOUBLE_RUN = /[^"\\\n]*/y;
const SINGLE_RUN = /[^'\n]*/y;

function readRun(cursor: Cursor, run: RegExp): string {
  run.lastIndex = cursor.at;
  const text = run.exec(cursor.text)?.[0] ?? '';
  cursor.at += text.length;
  return text;
}

function foldLines(cursor: Cursor, open: number): string {
  const lines = skipLines(cursor, open);
  return lines === 1 ? ' ' : '\n'.repeat(lines - 1);
}

/** Moves to the next line that is not empty. @returns how many line ends that took */
function skipLines(cursor: Cursor, open: number): number {
  let lines = 0;
  while (cursor.peek() === BREAK) {
    cursor.nextLine();
    if (cursor.isMarker()) throw unclosed(cursor, open);
    cursor.skipBlanks();
    lines++;
  }
  return lines;
}

function unclosed(cursor: Cursor, open: number): Error {
  return cursor.error('the quotation that begins here does not end', open);
}
