import { createHash } from 'node:crypto';

import { FailedError } from '../../errors.js';
import { JsonSyntaxError } from '../../json-scan/json-syntax-error.js';
import type { Bundle, BundleProblem } from './bundle.js';
import { danglingReferences } from './dangling.js';
import { collectDatafiles } from './datafiles.js';
import { collectResources } from './resources.js';
import type { FileTable } from './scan/file-table.js';
import { scanBundle, type ScannedBundle } from './scan/scan-bundle.js';
import { parseTypeConfs } from './type-conf.js';

/** Ten times app-interface's own bundle. */
const MAX_BUNDLE_BYTES = 512 * 1024 * 1024;

const REBUILD = 'build the bundle again, from an app-interface checkout that validates';

/**
 * Reads and checks a bundle (qontract-bundler's `data.json`). What can be served is kept: a file that is not as it should be
 * is left out and listed in `problems`, as are references that lead nowhere.
 *
 * Files are parsed when they are first asked for: most of a bundle never is, and those who wait for the server wait for a
 * look at its bytes only.
 *
 * @param bytes the bundle's bytes, which the bundle keeps: they must not change any more
 * @param name what messages call the bundle, e.g. its file's path
 * @throws FailedError `BundleTooLarge`, `BundleNotJson`, `BundleIncomplete` (a part is missing) or `GraphqlConfInvalid`
 */
export function parseBundle(bytes: Buffer, name: string): Bundle {
  const scanned = scan(bytes, name);
  const problems: BundleProblem[] = [];
  const confs = parseTypeConfs(scanned.part('graphql'), name);
  const datafiles = collectDatafiles(tableOf(scanned, 'data', name), problems);
  const resources = collectResources(tableOf(scanned, 'resources', name), problems);
  problems.push(...danglingReferences(datafiles));
  return {
    name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    gitCommit: textOf(scanned.part('git_commit')),
    gitCommitTimestamp: textOf(scanned.part('git_commit_timestamp')),
    datafiles,
    resources,
    confs,
    problems,
  };
}

function scan(bytes: Buffer, name: string): ScannedBundle {
  if (bytes.length > MAX_BUNDLE_BYTES) {
    const size = `${Math.round(bytes.length / 1e6)} MB`;
    throw new FailedError('BundleTooLarge', `${name} is too large to be a bundle: ${size}`, {
      hint: 'a bundle of app-interface is well below 500 MB',
    });
  }
  try {
    return scanBundle(bytes);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new FailedError('BundleNotJson', `${name} is not a JSON object: ${error.message}`, {
      hint: REBUILD,
    });
  }
}

function tableOf(scanned: ScannedBundle, part: string, name: string): FileTable {
  const table = scanned.tables.get(part);
  if (table !== undefined) return table;
  const why = scanned.part(part) === undefined ? 'is missing' : 'is not an object';
  throw new FailedError('BundleIncomplete', `${name} is not a whole bundle: its part "${part}" ${why}`, {
    hint: REBUILD,
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
