import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { messageOf, systemCodeOf } from '../../errors.js';
import { fileError } from './source-error.js';

/** A file to bundle. */
export interface SourceFile {
  /** Its key in the bundle: the path below the bundled folder, with a leading slash. */
  readonly path: string;
  /** Where it is on disk. */
  readonly file: string;
}

/**
 * The regular files below a folder in a fixed order (each folder's sub-folders before its files, by code unit). As the
 * original does, it leaves out files whose names start with a dot, enters hidden folders, and does not follow links to
 * folders. A link to a file is read, if it stays within `within`.
 *
 * @throws FailedError `BundleSource` for a link that leads out of `within` or nowhere
 */
export function* walk(folder: string, within: string): Generator<SourceFile> {
  yield* walkBelow(folder, '', realpathSync(within));
}

function* walkBelow(root: string, below: string, within: string): Generator<SourceFile> {
  const entries = entriesOf(join(root, below));
  for (const entry of entries) {
    if (entry.isDirectory()) yield* walkBelow(root, `${below}/${entry.name}`, within);
  }
  for (const entry of entries) {
    const path = `${below}/${entry.name}`;
    const file = join(root, path);
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile() || (entry.isSymbolicLink() && isLinkedFile(file, within))) yield { path, file };
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw fileError(folder, `cannot be listed: ${messageOf(error)}`, { cause: error });
  }
}

function isLinkedFile(link: string, within: string): boolean {
  let target: string;
  try {
    target = realpathSync(link);
  } catch (error) {
    const why = systemCodeOf(error) === 'ENOENT' ? 'leads nowhere' : 'cannot be followed';
    throw fileError(link, `this symbolic link ${why}`, { cause: error });
  }
  if (!statSync(target).isFile()) return false;
  if (relative(within, target).split(sep)[0] !== '..') return true;
  throw fileError(link, `this symbolic link leads out of ${within}`, {
    hint: 'put a copy of the file in its place',
  });
}
