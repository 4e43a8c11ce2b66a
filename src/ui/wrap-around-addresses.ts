import { wrap } from './columns.js';
import { printable } from './printable.js';

/** Stands for a space inside an address; `printable` lets none of these through from outside. */
const KEPT_SPACE = '\u{F0000}';

/**
 * Text in lines of at most `width` characters, safe for a terminal. The addresses in it stay whole, those with spaces in
 * their keys too, so that they can be copied.
 */
export function wrapAroundAddresses(text: string, addresses: readonly string[], width: number): string[] {
  // The longest first: one address may be the beginning of another.
  const spaced = addresses
    .map(printable)
    .filter((address) => address.includes(' '))
    .sort((a, b) => b.length - a.length);
  const kept = spaced
    .reduce((line, address) => line.replaceAll(address, address.replaceAll(' ', KEPT_SPACE)), printable(text))
    .replaceAll(/\s+/g, ' ')
    .trim();
  return wrap(kept, width).map((line) => line.replaceAll(KEPT_SPACE, ' '));
}
