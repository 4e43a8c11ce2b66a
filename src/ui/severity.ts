import type { ChalkInstance } from 'chalk';

import type { Severity } from '../diagnosis/finding.js';

/** `text` in the colour of a severity; the severity itself is always said in a word, too. */
export function paintSeverity(severity: Severity | 'failed', text: string, colour: ChalkInstance): string {
  const paint = {
    failed: colour.red.bold,
    blocker: colour.red.bold,
    danger: colour.red,
    warning: colour.yellow,
    notice: colour.cyan,
  };
  return paint[severity](text);
}
