/** Milliseconds since the epoch of `20260131T120000Z`; undefined when there is no such time. */
export function instantOf(amzDate: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const instant = Date.parse(iso);
  return Number.isNaN(instant) || new Date(instant).toISOString() !== iso ? undefined : instant;
}
