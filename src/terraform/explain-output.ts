const MAX_LINES = 12;
const MAX_CHARACTERS = 2000;

/** The frame that terraform draws at the left of a diagnostic. */
const FRAME = /^[╷│╵|] ?/;

/**
 * The errors that terraform printed for people, as one short text: the first line of each says what is wrong. Falls back
 * to the last lines when there is nothing that looks like an error.
 *
 * @param output stderr, without colours
 */
export function errorsIn(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(FRAME, '').trimEnd());
  const errors: string[] = [];
  let isInError = false;
  for (const line of lines) {
    if (line.startsWith('Error: ')) isInError = true;
    if (line.startsWith('Warning: ')) isInError = false;
    if (isInError && line.trim() !== '') errors.push(line.replace(/^Error: /, ''));
  }
  const shown = errors.length > 0 ? errors : lines.filter((line) => line !== '').slice(-MAX_LINES);
  const more = shown.length > MAX_LINES ? ['…'] : [];
  return [...shown.slice(0, MAX_LINES), ...more].join('\n').slice(0, MAX_CHARACTERS);
}
