import { count } from '../diagnosis/tally.js';

/** An instant on the clock of whoever reads it, e.g. `2026-01-31 13:00 (UTC+01:00)`. @param time milliseconds since the epoch */
export function localTime(time: number): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())} (${zone(-date.getTimezoneOffset())})`;
}

const UNITS: readonly (readonly [name: string, milliseconds: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** e.g. `12 minutes ago`; what is yet to come is `in …`. @param age milliseconds */
export function ago(age: number): string {
  const [name, length] = UNITS.find(([, unit]) => Math.abs(age) >= 2 * unit) ?? ['second', 1000];
  const text = count(Math.floor(Math.abs(age) / length), name);
  return age < 0 ? `in ${text}` : `${text} ago`;
}

/** @param minutes east of Greenwich */
function zone(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const whole = Math.abs(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60].map((part) => String(part).padStart(2, '0'));
  return `UTC${minutes < 0 ? '-' : '+'}${hours ?? ''}:${rest ?? ''}`;
}
