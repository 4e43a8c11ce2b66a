/** Colours, cursor movements and titles: CSI, OSC and two-character sequences (ECMA-48, 5.3 and 8.3). */
const ESCAPES = new RegExp(
  String.raw`\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])`,
  'g',
);

/** A line as a person would see it: without escape sequences, and only what stands after the last carriage return. */
export function plainText(line: string): string {
  const text = line.includes('\u001B') ? line.replace(ESCAPES, '') : line;
  const end = text.endsWith('\r') ? text.length - 1 : text.length;
  return text.slice(text.lastIndexOf('\r', end - 1) + 1, end);
}
