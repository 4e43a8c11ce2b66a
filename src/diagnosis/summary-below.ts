import type { Finding } from './finding.js';

/**
 * A finding's summary for a place below its first address: `aws_sqs_queue.q is tainted` becomes `is tainted`, since the
 * address would only be said twice.
 */
export function summaryBelow({ summary, addresses: [address] }: Finding): string {
  const rest =
    address !== undefined && summary.startsWith(`${address} `) ? summary.slice(address.length) : '';
  return rest.trim() === '' ? summary : rest.trim();
}
