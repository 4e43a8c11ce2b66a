import { BREAK, SPACE, TAB, type Cursor } from './cursor.js';

/** The first line of a block scalar: `|` or `>`, then what becomes of the last line ends, and an explicit indentation. */
interface Header {
  readonly folded: boolean;
  /** `-` drops the last line ends, `+` keeps them all; without either one is kept. */
  readonly chomping: string;
  /** Columns more than `indent`; undefined to find out from the first line. */
  readonly columns: number | undefined;
}

const HEADER = /[|>](?:([+-])([1-9])?|([1-9])([+-])?)?[ \t]*(?:#[^\n]*)?(?:\n|$)/y;

/**
 * Reads a literal (`|`) or folded (`>`) scalar (YAML 1.1, section 9.2), the cursor on its header and then on the line
 * after it. As in libyaml, a last line without a line end has none in the value either.
 *
 * @param indent the column of the collection that the scalar is in; -1 for none
 */
export function blockScalar(cursor: Cursor, indent: number): string {
  const header = readHeader(cursor);
  const columns = header.columns === undefined ? undefined : Math.max(indent, 0) + header.columns;
  const first = skipEmptyLines(cursor, columns);
  const width = columns ?? Math.max(first.widest, indent + 1, 1);
  let text = '';
  let breaks = first.lines;
  let pending = '';
  let wasIndented = true;
  while (cursor.column === width && cursor.at < cursor.text.length) {
    const isIndented = cursor.peek() === SPACE || cursor.peek() === TAB;
    if (header.folded && !wasIndented && !isIndented) pending = breaks === 0 ? ' ' : '';
    text += pending + '\n'.repeat(breaks) + readLine(cursor);
    wasIndented = isIndented;
    pending = cursor.peek() === BREAK ? '\n' : '';
    if (pending !== '') cursor.nextLine();
    breaks = skipEmptyLines(cursor, width).lines;
  }
  if (cursor.at < cursor.text.length) cursor.at = cursor.lineStart;
  if (header.chomping === '-') return text;
  return text + pending + (header.chomping === '+' ? '\n'.repeat(breaks) : '');
}

function readHeader(cursor: Cursor): Header {
  HEADER.lastIndex = cursor.at;
  const match: (string | undefined)[] | null = HEADER.exec(cursor.text);
  if (match === null)
    throw cursor.error('no header of a block of text: | or >, then + or - and a number from 1 to 9');
  const folded = cursor.text[cursor.at] === '>';
  cursor.at = HEADER.lastIndex;
  cursor.lineStart = cursor.at;
  const digit = match[2] ?? match[3];
  return {
    folded,
    chomping: match[1] ?? match[4] ?? '',
    columns: digit === undefined ? undefined : Number(digit),
  };
}

/**
 * Moves to the text of the next line that has any, at most `width` columns in.
 *
 * @returns how many lines were empty, and the most columns of spaces that were found
 */
function skipEmptyLines(cursor: Cursor, width: number | undefined): { lines: number; widest: number } {
  let lines = 0;
  let widest = 0;
  for (;;) {
    while (cursor.peek() === SPACE && (width === undefined || cursor.column < width)) cursor.at++;
    widest = Math.max(widest, cursor.column);
    if (cursor.peek() === TAB && (width === undefined || cursor.column < width)) {
      throw cursor.error('a tab indents this line', cursor.at, 'indent with spaces');
    }
    if (cursor.peek() !== BREAK) return { lines, widest };
    cursor.nextLine();
    lines++;
  }
}

function readLine(cursor: Cursor): string {
  const end = cursor.text.indexOf('\n', cursor.at);
  const line = cursor.text.slice(cursor.at, end === -1 ? cursor.text.length : end);
  cursor.at += line.length;
  return line;
}
