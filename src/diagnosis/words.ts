import type { Diagnostic } from '../terraform/plan/plan.js';
import type { AwsSuspect } from './evidence.js';
import type { EvidenceItem } from './finding.js';
import { count } from './tally.js';

const MAX_LINE = 300;
const MAX_CALLS = 3;

/** What terraform said, on one line, without the numbers by which AWS finds a request again. */
export function said({ summary, detail }: Diagnostic): string {
  return oneLine(detail === '' ? summary : `${summary}: ${detail}`);
}

/** A text on one line, cut when long. */
export function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * MAX_LINE)
    .replaceAll(/,? ?(RequestID|HostID|request id|host id): [\w+/=-]+/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length <= MAX_LINE ? line : `${line.slice(0, MAX_LINE - 1)}…`;
}

/** What AWS and CloudTrail say about a suspect. */
export function awsItems(suspect: AwsSuspect | undefined): EvidenceItem[] {
  if (suspect === undefined) return [];
  const items: EvidenceItem[] = [];
  if (suspect.existence !== 'unknown') {
    const created = suspect.createdAt === undefined ? '' : `, made ${date(suspect.createdAt)}`;
    const is = suspect.existence === 'exists' ? 'exists' : 'does not exist';
    items.push({ source: 'aws', text: `${suspect.id} ${is}${created}` });
  }
  for (const { who, when, call } of suspect.changes.slice(0, MAX_CALLS)) {
    items.push({ source: 'cloudtrail', text: `${who} called ${call} at ${date(when)}` });
  }
  return items;
}

/** A time as people of all zones read it; empty for what is no time. */
export function date(milliseconds: number): string {
  const moment = new Date(milliseconds);
  return Number.isNaN(moment.getTime()) ? 'an unknown time' : moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** e.g. `3 days` */
export function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 120) return count(minutes, 'minute');
  if (minutes < 48 * 60) return count(Math.floor(minutes / 60), 'hour');
  return count(Math.floor(minutes / (24 * 60)), 'day');
}

/** The only address, or how many there are. */
export function addressOrCount(addresses: readonly string[]): string {
  const [only = 'something'] = addresses;
  return addresses.length > 1 ? count(addresses.length, 'resource') : only;
}
