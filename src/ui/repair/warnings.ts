import { TfrepairError } from '../../errors.js';
import { wrap } from '../columns.js';
import { printable } from '../printable.js';
import { framed, type ScreenStyle } from './frame.js';
import type { Warnings } from './prompted-answers.js';

/** What is shown before a question that must not be answered lightly. */
export function warningsOn(write: (lines: readonly string[]) => void, style: ScreenStyle): Warnings {
  const { colour, width } = style;
  return {
    refused: (error) => {
      const hint = error instanceof TfrepairError ? error.hint : undefined;
      write([
        '',
        ...wrap(printable(`Refused: ${error.message}`), width).map((line) => colour.red(line)),
        ...(hint === undefined ? [] : wrap(printable(`Next: ${hint}`), width)),
        '',
      ]);
    },
    danger: ({ request, id }) => {
      const { root, operations, base } = request;
      const what = operations.map(({ op }) => op).join(', ');
      const paragraphs = [
        `DANGER: this writes the Terraform state of ${root}.`,
        `Request ${id}: ${what}. Serial ${base.serial} becomes ${base.serial + 1}. The state is backed up first, and written only if it is still the one that was reviewed.`,
        'Enter alone writes nothing.',
      ];
      write(['', ...framed(paragraphs, style), '']);
    },
  };
}
