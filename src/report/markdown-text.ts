import { printable } from '../printable.js';

/**
 * Text on one line, without any markup: characters that CommonMark or GFM could take for markup are escaped. Characters
 * that matter at the start of a line only are harmless here: the text always stands after something else.
 */
export function text(raw: string): string {
  return oneLine(raw).replaceAll(/[\\`*_[\]<>|~&$#]/g, String.raw`\$&`);
}

/** Text as code, within a line: a fence of more backticks than are in it. */
export function code(raw: string): string {
  const content = oneLine(raw);
  const fence = '`'.repeat(longestRun(content) + 1);
  const padding = /^`|`$|^ .* $/.test(content) || content === '' ? ' ' : '';
  return `${fence}${padding}${content}${padding}${fence}`;
}

/** A line as a block of code. */
export function codeBlock(raw: string, language: string): string {
  const content = oneLine(raw);
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
  return `${fence}${language}\n${content}\n${fence}`;
}

/** Text as code in a cell of a table, where a bar ends the cell in code, too, and a backslash cannot be relied on. */
export function cellCode(raw: string): string {
  const content = oneLine(raw);
  if (!content.includes('|')) return code(content);
  const entities = content.replaceAll(/[^\w ]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
  return `<code>${entities}</code>`;
}

/** A row of a table. Its cells are markup already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function oneLine(raw: string): string {
  return printable(raw).replaceAll(/[\n\t\u2028\u2029]/g, ' ');
}

function longestRun(content: string): number {
  return Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
}
