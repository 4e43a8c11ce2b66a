import { resolve } from 'node:path';

import type { Finding } from '../diagnosis/finding.js';
import { printable } from '../printable.js';
import { readShard } from '../report/merge/read-shard.js';
import type { SurgeryRequest } from '../surgery/request/request.js';

/** A request takes texts of up to 4,096 characters. */
const MAX_SUMMARY = 1000;

/** Findings as a request names them, one for each address; one that has none is about something else. */
export function evidenceOf(
  findings: readonly Pick<Finding, 'code' | 'addresses' | 'summary'>[],
): SurgeryRequest['evidence'] {
  return findings.flatMap(({ code, addresses, summary: text }) => {
    const summary = printable(text).replaceAll(/\s+/g, ' ').slice(0, MAX_SUMMARY);
    return addresses.map((address) => ({ code, address, summary }));
  });
}

/**
 * The findings on a root in what `tfrepair diagnose --json` has printed into a file.
 *
 * @throws FailedError `ReportUnreadable`, `ReportInvalid` and others
 */
export async function readEvidence(
  file: string,
  cwd: string,
  root: string,
  schemaVersion: number,
): Promise<SurgeryRequest['evidence']> {
  const { fleet } = await readShard(resolve(cwd, file), schemaVersion);
  const own = fleet.accounts.filter(({ name }) => name === root);
  return evidenceOf(own.flatMap(({ findings }) => findings));
}
