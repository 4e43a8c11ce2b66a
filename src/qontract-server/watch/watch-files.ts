import type { Stats } from 'node:fs';
import { basename } from 'node:path';

import { watch } from 'chokidar';

import { settle } from './settle.js';

/** Editors and `git checkout` write many files one after the other. */
const QUIET_MS = 200;

/** File systems look at a coarser clock than the process. */
const CLOCK_SLACK_MS = 20;

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
 * @returns the function that stops it
 */
export function watchFiles({ paths, since, onChange, onError }: FileWatch): () => Promise<void> {
  const roots = new Set(paths);
  const settling = settle(onChange, QUIET_MS);
  const watcher = watch([...paths], {
    alwaysStat: true,
    ignored: (path, stats) => !roots.has(path) && stats?.isFile() === true && basename(path).startsWith('.'),
  });
  let complete = false;
  watcher.on('all', (_event, _path, stats?: Stats) => {
    // The first look reports every file and folder: only what changed since the data was read is news. A file that
    // has gone meanwhile shows in its folder.
    if (complete || (stats?.ctimeMs ?? 0) >= since - CLOCK_SLACK_MS) settling.poke();
  });
  watcher.on('error', onError);
  watcher.on('ready', () => {
    complete = true;
  });
  return async () => {
    await watcher.close();
    await settling.stop();
  };
}
