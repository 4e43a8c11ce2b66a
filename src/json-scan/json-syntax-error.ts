/** Text that is not JSON: what is unexpected, and where. */
export class JsonSyntaxError extends Error {
  constructor(bytes: Uint8Array, at: number) {
    const found = at < bytes.length ? `unexpected ${describe(bytes[at])}` : 'unexpected end';
    super(`${found} ${placeOf(bytes, at)}`);
  }
}

function describe(byte = 0): string {
  return byte > 0x20 && byte < 0x7f
    ? `"${String.fromCharCode(byte)}"`
    : `byte 0x${byte.toString(16).padStart(2, '0')}`;
}

/** Line and column, counted in bytes; a bundle is usually one very long line, of which only the column says something. */
function placeOf(bytes: Uint8Array, at: number): string {
  const before = bytes.subarray(0, at);
  const line = before.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 1);
  return `at line ${line}, column ${at - before.lastIndexOf(0x0a)}`;
}
