import { printable } from './printable.js';

/**
 * An address for somebody who decides about it: letters beyond ASCII are written as escapes, because some of them look like
 * others. What is ASCII stays as it is.
 */
export function visibleAddress(address: string): string {
  return printable(address).replaceAll(/[^\0-~]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff_ff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
