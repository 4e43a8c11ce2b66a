const MAX_LINES = 12;
const MAX_CHARACTERS = 2000;

/** The frame that terraform draws at the left of a diagnostic. */
const FRAME = /^[╷│╵|] ?/;

/**
 * The errors that terraform printed for people, as one short text: the first line of each says what is wrong, and ends in
 * a colon where details follow. Falls back to the last lines when there is nothing that looks like an error.
 *
 * @param output stderr, without colours
 */
export function errorsIn(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(FRAME, '').trimEnd());
  const errors = diagnosticsIn(lines).flatMap(announced);
  const shown = errors.length > 0 ? errors : lines.filter((line) => line !== '').slice(-MAX_LINES);
  const more = shown.length > MAX_LINES ? ['…'] : [];
  return [...shown.slice(0, MAX_LINES), ...more].join('\n').slice(0, MAX_CHARACTERS);
}

/** The lines of each error that are not empty, the summary first. */
function diagnosticsIn(lines: readonly string[]): string[][] {
  const errors: string[][] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    if (line.startsWith('Error: ')) errors.push((open = [line.slice('Error: '.length)]));
    else if (line.startsWith('Warning: ')) open = undefined;
    else if (line.trim() !== '') open?.push(line);
  }
  return errors;
}

/** Lines are joined to one where there is little room: without a colon nobody could tell where the summary ends. */
function announced([summary = '', ...details]: readonly string[]): string[] {
  const isOpen = details.length > 0 && !/[.:!?]$/.test(summary);
  return [isOpen ? `${summary}:` : summary, ...details];
}
