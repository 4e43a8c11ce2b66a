/** What a report says of its own making. */
export interface ReportContext {
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  /** tfrepair's own version. */
  readonly version: string;
}

/** e.g. `2026-11-20 10:11 UTC` */
export function minute(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
