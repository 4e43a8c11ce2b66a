import type { Arguments } from './arguments.js';
import { toNumber } from './operators.js';
import { toText, type Value } from './values.js';

/** First letter in upper case, the others in lower case. */
export function capitalized(text: string): string {
  const [first = '', ...others] = Array.from(text);
  return first.toUpperCase() + others.join('').toLowerCase();
}

/** Every word capitalized, as Python's `title` does it: what follows no letter starts a word. */
export function titled(text: string): string {
  return text.replaceAll(/\p{L}+/gu, capitalized);
}

/** As Jinja2's filter does it: only white space, hyphens and opening brackets start a word. */
export function titledByFilter(text: string): string {
  return text.replaceAll(/[^-\s({[<]+/gu, capitalized);
}

/** Text without white space, or without the characters of `characters`, at its ends. */
export function trimmed(text: string, characters: Value | undefined, side: 'start' | 'end' | 'both'): string {
  const isUnwanted = (character: string): boolean =>
    characters === undefined || characters === null
      ? character.trim() === ''
      : toText(characters).includes(character);
  const all = Array.from(text);
  let start = 0;
  let end = all.length;
  if (side !== 'end') while (start < end && isUnwanted(all[start] ?? '')) start += 1;
  if (side !== 'start') while (end > start && isUnwanted(all[end - 1] ?? '')) end -= 1;
  return all.slice(start, end).join('');
}

/** Every occurrence, or the first `count`, of `old` replaced by `new`. */
export function replaced(text: string, args: Arguments): string {
  const old = toText(args.need(0, 'old'));
  const replacement = toText(args.need(1, 'new'));
  const count = args.get(2, 'count') ?? null;
  if (count === null || toNumber(count) < 0) return text.replaceAll(old, () => replacement);
  let result = text;
  let from = 0;
  for (let left = toNumber(count); left > 0; left -= 1) {
    const index = result.indexOf(old, from);
    if (index < 0) break;
    result = result.slice(0, index) + replacement + result.slice(index + old.length);
    from = index + replacement.length + (old === '' ? 1 : 0);
  }
  return result;
}

/** Lines after the first (or all) indented; empty ones only with `blank`. */
export function indented(
  text: string,
  width: string,
  { first, blank }: { first: boolean; blank: boolean },
): string {
  const [head = '', ...tail] = text.split('\n');
  const rest = tail.map((line) => (line === '' && !blank ? line : width + line));
  return [first ? width + head : head, ...rest].join('\n');
}

/** Without the white space that all lines have in front; lines of nothing but it are empty (Python's `dedent`). */
export function dedented(text: string): string {
  const lines = text.split('\n').map((line) => (/^[ \t]*$/.test(line) ? '' : line));
  const margins = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const margin = margins.reduce((common, next) => {
    let length = 0;
    while (length < common.length && common[length] === next[length]) length += 1;
    return common.slice(0, length);
  }, margins[0] ?? '');
  return lines.map((line) => line.slice(margin.length)).join('\n');
}
