const BACKSLASH = 0x5c;

/** The text of a JSON string, of which the positions leave out the quotes. */
export function decode(bytes: Buffer, start: number, end: number): string {
  if (!isEscaped(bytes, start, end)) return bytes.toString('utf8', start, end);
  return String(JSON.parse(bytes.toString('utf8', start - 1, end + 1)));
}

/** Whether a JSON string is written with an escape between these positions. */
export function isEscaped(bytes: Uint8Array, start: number, end: number): boolean {
  for (let position = start; position < end; position++) if (bytes[position] === BACKSLASH) return true;
  return false;
}
