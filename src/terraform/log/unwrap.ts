/**
 * Undoes the wrapping of a diagnostic's detail: Terraform breaks paragraphs between words, at a width that the log does not
 * say, and leaves indented lines as they are. A break was Terraform's where the next word would not have fitted.
 */
export function unwrap(lines: readonly string[]): string {
  const texts = lines.map((line) => line.trimEnd());
  const width = Math.max(0, ...texts.filter((line) => !isIndented(line)).map((line) => line.length));
  let text = '';
  let previous: string | undefined;
  for (const line of texts) {
    if (previous !== undefined) text += wasWrapped(previous, line, width) ? ' ' : '\n';
    text += line;
    previous = line;
  }
  return text.replaceAll(/^\n+|\n+$/g, '');
}

function wasWrapped(line: string, next: string, width: number): boolean {
  if (line === '' || next === '' || isIndented(line) || isIndented(next)) return false;
  const [word = ''] = next.split(' ', 1);
  return line.length + 1 + word.length > width;
}

function isIndented(line: string): boolean {
  return line.startsWith(' ') || line.startsWith('\t');
}
