import { extname, resolve } from 'node:path';

import type { FleetDiagnosis } from '../diagnosis/diagnosis.js';
import { FailedError, messageOf, UsageError } from '../errors.js';
import type { ReportContext } from './report-context.js';

export type ReportFormat = 'html' | 'markdown';

/**
 * The format that a report's file name asks for. To be asked before the diagnosis, which takes its time.
 *
 * @throws UsageError `ReportFormatUnknown`
 */
export function reportFormat(file: string): ReportFormat {
  switch (extname(file).toLowerCase()) {
    case '.html':
    case '.htm':
      return 'html';
    case '.md':
    case '.markdown':
      return 'markdown';
    default:
      throw new UsageError('ReportFormatUnknown', `${file} names no kind of report`, {
        hint: 'give --report FILE.html or --report FILE.md',
      });
  }
}

/**
 * Writes a report for its owner alone (0600), whole or not at all.
 *
 * @returns the file
 * @throws UsageError `ReportFormatUnknown`, FailedError `ReportUnwritable`
 */
export async function writeReport(
  fleet: FleetDiagnosis,
  file: string,
  context: ReportContext,
): Promise<string> {
  const path = resolve(file);
  const report = await reportText(fleet, reportFormat(file), context);
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    await writeFileAtomic(path, report, { mode: 0o600 });
    return path;
  } catch (error) {
    throw new FailedError('ReportUnwritable', `cannot write ${file}: ${messageOf(error)}`, { cause: error });
  }
}

async function reportText(
  fleet: FleetDiagnosis,
  format: ReportFormat,
  context: ReportContext,
): Promise<string> {
  if (format === 'html') {
    const { htmlReport } = await import('./html/page.js');
    return htmlReport(fleet, context);
  }
  const { markdownReport } = await import('./markdown.js');
  return markdownReport(fleet, context);
}
