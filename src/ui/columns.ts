/** How wide text for people is when the terminal does not say. */
export const DEFAULT_WIDTH = 80;

const GAP = '  ';

/**
 * Lays rows of cells out in columns as wide as their widest cell. The last column takes what is left of `width` and is
 * wrapped between words; a word that is longer still is never cut, so that it can be copied.
 *
 * @returns the lines of each row
 */
export function layOut(rows: readonly (readonly string[])[], width: number): string[][] {
  const columns = Math.max(0, ...rows.map((row) => row.length - 1));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => row[i]?.length ?? 0)),
  );
  const indent = widths.reduce((sum, cell) => sum + cell + GAP.length, 0);
  return rows.map((row) => {
    const head = widths.map((cell, i) => (row[i] ?? '').padEnd(cell) + GAP).join('');
    const [first = '', ...rest] = wrap(row[columns] ?? '', width - indent);
    return [`${head}${first}`.trimEnd(), ...rest.map((line) => ' '.repeat(indent) + line)];
  });
}

/** Text in lines of at most `width` characters, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
