import { wrap } from './columns.js';

/** As wide as the longest label, `next plan:`, and a space. */
const LABEL = 11;
const INDENT = '  ';

/** A label and a text beside it, in as many lines as it takes. */
export function labelled(label: string, text: string, width: number): string[] {
  const lines = wrap(text, width - INDENT.length - LABEL);
  return lines.map((line, i) => INDENT + (i === 0 ? `${label}:` : '').padEnd(LABEL) + line);
}
