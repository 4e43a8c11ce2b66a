import { BREAK, SPACE, TAB, isBlank, type Cursor } from './cursor.js';

const HASH = 35;
const COLON = 58;

/** Characters that no plain scalar begins with, unless (the first three) something other than a blank follows. */
const INDICATORS = '-?:,[]{}#&*!|>\'"%@`';

/** Whether a plain scalar can begin here; in flow only `-` may, of the indicators. */
export function startsPlain(cursor: Cursor, inFlow: boolean): boolean {
  const place = INDICATORS.indexOf(cursor.text[cursor.at] ?? '\n');
  if (place === -1) return !cursor.isBlank();
  return place < (inFlow ? 1 : 3) && !cursor.isBlank(1);
}

/**
 * Reads a plain (unquoted) scalar (YAML 1.1, section 9.1.3). Its further lines are indented by more than `indent`; one
 * line end is a space, and each empty line is a line end.
 */
export function plainScalar(cursor: Cursor, indent: number, inFlow: boolean): string {
  let text = readLine(cursor, inFlow);
  for (
    let lines = toNextLine(cursor, indent, inFlow);
    lines > 0;
    lines = toNextLine(cursor, indent, inFlow)
  ) {
    text += (lines === 1 ? ' ' : '\n'.repeat(lines - 1)) + readLine(cursor, inFlow);
  }
  return text;
}

/** The part of the scalar on this line, without the blanks around it. The cursor stops right after it. */
function readLine(cursor: Cursor, inFlow: boolean): string {
  const { text, at: start } = cursor;
  let at = start;
  let end = start;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === SPACE || unit === TAB) continue;
    if (unit === BREAK || (unit === HASH && at > end)) break;
    if (unit === COLON && isBlank(text.charCodeAt(at + 1))) break;
    if (inFlow && endsInFlow(cursor, at)) break;
    end = at + 1;
  }
  cursor.at = end;
  return text.slice(start, end);
}

function endsInFlow(cursor: Cursor, at: number): boolean {
  const character = cursor.text[at] ?? '';
  if (character === ':' && ',?[]{}'.includes(cursor.text[at + 1] ?? ' ')) {
    throw cursor.error('a colon ends this text', at, 'put a space after the colon, or the text in quotes');
  }
  return ',[]{}'.includes(character);
}

/**
 * Moves to the scalar's next line, if it has one. @returns how many line ends that took; 0 when the scalar is over and
 * the cursor where it was
 */
function toNextLine(cursor: Cursor, indent: number, inFlow: boolean): number {
  const { at, lineStart } = cursor;
  let lines = 0;
  cursor.skipBlanks();
  while (cursor.peek() === BREAK) {
    cursor.nextLine();
    cursor.skipBlanks();
    lines++;
  }
  if (lines > 0 && continues(cursor, indent, inFlow)) return lines;
  cursor.at = at;
  cursor.lineStart = lineStart;
  return 0;
}

function continues(cursor: Cursor, indent: number, inFlow: boolean): boolean {
  if (cursor.peek() === HASH || cursor.atEnd || (!inFlow && cursor.column <= indent)) return false;
  if (!inFlow) cursor.checkIndentation(indent + 1);
  if (cursor.peek() === COLON && cursor.isBlank(1)) return false;
  return !inFlow || !endsInFlow(cursor, cursor.at);
}
