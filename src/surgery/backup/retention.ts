import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { parseBackupName, seriesOf, type BackupName } from './backup-name.js';
import type { BackedUpState } from './backups.js';

/** A backup goes when there are enough newer ones of the same state, and it is old enough as well. */
export interface Retention {
  readonly count: number;
  readonly days: number;
}

export const DEFAULT_RETENTION: Retention = { count: 20, days: 90 };

const DAY_MS = 24 * 3_600_000;

/**
 * The backups of one state that are not needed any more.
 *
 * @param names of the files in the folder of backups
 * @param needed names of those that an unfinished request needs
 */
export function expiredBackups(
  names: readonly string[],
  of: BackedUpState,
  { count, days }: Retention,
  { needed, now }: { readonly needed: ReadonlySet<string>; readonly now: number },
): string[] {
  const series = seriesOf(of);
  const own = names
    .map((name) => ({ name, parsed: parseBackupName(name) }))
    .filter((one): one is { name: string; parsed: BackupName } => {
      return one.parsed !== undefined && `${one.parsed.root}__${one.parsed.key}` === series;
    })
    .sort((a, b) => b.parsed.time - a.parsed.time);
  return own
    .slice(Math.max(1, count))
    .filter(({ name, parsed }) => now - parsed.time > days * DAY_MS && !needed.has(name))
    .map(({ name }) => name);
}

/** Removes them. @param needed files that an unfinished request needs */
export async function removeExpired(
  folder: string,
  of: BackedUpState,
  retention: Retention,
  { needed, now }: { readonly needed: readonly string[]; readonly now: number },
): Promise<void> {
  const names = await readdir(folder);
  const keep = new Set(needed.map((file) => basename(file)));
  const expired = expiredBackups(names, of, retention, { needed: keep, now });
  await Promise.all(expired.map((name) => rm(join(folder, name), { force: true })));
}
