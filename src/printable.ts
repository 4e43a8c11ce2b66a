/**
 * Text from outside, safe to show on a terminal: control characters, and the Unicode characters that reorder or hide
 * what stands next to them, become visible escapes. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{C}\n\t]/gu, escapeOf);
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100
    ? `\\x${hex(code, 2)}`
    : code < 0x1_00_00
      ? `\\u${hex(code, 4)}`
      : `\\u{${hex(code, 1)}}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}
