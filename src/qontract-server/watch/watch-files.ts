import type { Stats } from 'node:fs';
import { basename } from 'node:path';

import { watch } from 'chokidar';

import { settle } from './settle.js';

/** Editors and `git checkout` write many files one after the other. */
const QUIET_MS = 200;

export interface FileWatch {
  readonly paths: readonly string[];
  /** Files changed after this moment (milliseconds since the epoch) have changed. */
  readonly since: number;
  readonly onChange: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Watches files and folders, and calls `onChange` once they have been quiet for a moment after a change.
 *
 * @returns once everything is watched; the function that stops it
 */
export async function watchFiles({
  paths,
  since,
  onChange,
  onError,
}: FileWatch): Promise<() => Promise<void>> {
  const roots = new Set(paths);
  const settling = settle(onChange, QUIET_MS);
  const watcher = watch([...paths], {
    alwaysStat: true,
    ignored: (path, stats) => !roots.has(path) && stats?.isFile() === true && basename(path).startsWith('.'),
  });
  let complete = false;
  watcher.on('all', (_event, _path, stats?: Stats) => {
    // The first look at everything reports every file: only what changed since the data was read is news.
    if (complete || (stats?.isFile() === true && stats.ctimeMs >= since)) settling.poke();
  });
  watcher.on('error', onError);
  await new Promise<void>((resolve) => {
    watcher.on('ready', resolve);
  });
  complete = true;
  return async () => {
    await watcher.close();
    await settling.stop();
  };
}
