import { printable } from '../../src/printable.js';

/** One command in the picture of a terminal. */
export interface Scene {
  /** What stands before the command, e.g. `robin $`. */
  readonly prompt: string;
  readonly command: string;
  /** With colours (ECMA-48, SGR). */
  readonly output: string;
}

const LINE = 18;
const CHARACTER = 7.85;
const MARGIN = 20;
const TITLE_BAR = 34;

/** The colours of chalk's first sixteen, on a dark ground, by SGR number. */
const COLOURS: Readonly<Record<string, string>> = {
  ...{ 30: '#6e7681', 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341' },
  ...{ 34: '#79c0ff', 35: '#d2a8ff', 36: '#76e3ea', 37: '#e6edf3', 90: '#8b949e' },
};

/**
 * Draws what was typed into a terminal and what it said, as an SVG that needs nothing from outside. Lines that are longer
 * than the terminal are wrapped as a terminal does it.
 *
 * @param columns of the terminal
 */
export function terminalSvg(title: string, scenes: readonly Scene[], columns: number): string {
  const lines = scenes.flatMap(({ prompt, command, output }, i) => [
    ...(i === 0 ? [] : ['']),
    ...wrapped(`\u001B[36m${prompt}\u001B[39m \u001B[1m${command}\u001B[22m`, columns),
    ...output
      .trimEnd()
      .split('\n')
      .flatMap((line) => wrapped(line, columns)),
  ]);
  const style: Style = { fill: '', weight: '', opacity: '' };
  const width = Math.ceil(columns * CHARACTER + 2 * MARGIN);
  const height = lines.length * LINE + TITLE_BAR + MARGIN;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, i) => `<circle cx="${MARGIN + i * 18}" cy="17" r="6" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...dots,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="13" fill="#e6edf3">`,
    ...lines.map((line, i) => textLine(line, TITLE_BAR + (i + 1) * LINE - 4, style)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

const SGR = new RegExp(String.raw`\u001B\[([\d;]*)m`, 'u');

/** A line in pieces of at most so many visible characters; sequences count nothing. */
function wrapped(line: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const [i, part] of line.split(SGR).entries()) {
    if (i % 2 === 1) {
      piece += `\u001B[${part}m`;
      continue;
    }
    for (const character of printable(part)) {
      if (used === columns) {
        pieces.push(piece);
        piece = '';
        used = 0;
      }
      piece += character;
      used += 1;
    }
  }
  return [...pieces, piece];
}

/** What sequences have switched on; as in a terminal, it lasts over the end of a line. */
interface Style {
  fill: string;
  weight: string;
  opacity: string;
}

function textLine(line: string, y: number, style: Style): string {
  const spans = line.split(SGR).map((part, i) => {
    if (i % 2 === 1) {
      for (const code of part.split(';')) apply(code, style);
      return '';
    }
    const attributes = Object.values(style).join('');
    return part === '' ? '' : `<tspan${attributes}>${escaped(part)}</tspan>`;
  });
  return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${spans.join('')}</text>`;
}

function apply(code: string, style: Style): void {
  const colour = COLOURS[code];
  if (colour !== undefined) style.fill = ` fill="${colour}"`;
  if (code === '39' || code === '0' || code === '') style.fill = '';
  if (code === '1') style.weight = ' font-weight="bold"';
  if (code === '2') style.opacity = ' opacity="0.65"';
  if (code === '22' || code === '0' || code === '') Object.assign(style, { weight: '', opacity: '' });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
