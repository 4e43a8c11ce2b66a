import { Flags } from '@oclif/core';

/** For commands whose result is a diagnosis. */
export const reportFlags = {
  report: Flags.string({
    summary: 'also write a report: a page (FILE.html) or Markdown (FILE.md)',
    helpValue: 'FILE',
  }),
  'exit-code': Flags.boolean({
    summary: 'end with 3 when there are findings',
  }),
};
