import { UsageError } from './errors.js';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** A day: nobody waits longer, and timers cannot be set to much more than that. */
const MAX_MS = 24 * 3_600_000;

/** Milliseconds in a text such as `90s`, `30m` or `2h`. @throws UsageError `DurationInvalid` */
export function parseDuration(text: string): number {
  const [, number, unit = ''] = /^(\d{1,6})([smh])$/.exec(text.trim()) ?? [];
  const milliseconds = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (milliseconds > 0 && milliseconds <= MAX_MS) return milliseconds;
  throw new UsageError('DurationInvalid', `${JSON.stringify(text)} is no duration of up to 24 hours`, {
    hint: 'write it as 90s, 30m or 2h',
  });
}
