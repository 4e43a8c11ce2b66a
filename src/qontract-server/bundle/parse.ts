import { createHash } from 'node:crypto';

import { FailedError, messageOf } from '../../errors.js';
import type { Bundle, BundleProblem } from './bundle.js';
import { danglingReferences } from './dangling.js';
import { collectDatafiles, collectResources } from './files.js';
import { isJsonObject, type JsonObject } from './json.js';
import { parseTypeConfs } from './type-conf.js';

/** What one JavaScript string can hold; app-interface's own bundle is a tenth of it. */
const MAX_BUNDLE_BYTES = 512 * 1024 * 1024 - 64;

const REBUILD = 'build the bundle again, from an app-interface checkout that validates';

/**
 * Parses and checks a bundle (qontract-bundler's `data.json`). What can be served is kept: a file that is not as it
 * should be is left out and listed in `problems`, as are references that lead nowhere.
 *
 * @param bytes the bundle's bytes; not needed any more afterwards
 * @param name what messages call the bundle, e.g. its file's path
 * @throws FailedError `BundleTooLarge`, `BundleNotJson`, `BundleIncomplete` (a part is missing) or `GraphqlConfInvalid`
 */
export function parseBundle(bytes: Buffer, name: string): Bundle {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const document = parseJson(bytes, name);
  const problems: BundleProblem[] = [];
  const confs = parseTypeConfs(document['graphql'], name);
  const datafiles = collectDatafiles(part(document, 'data', name), problems);
  const resources = collectResources(part(document, 'resources', name), problems);
  problems.push(...danglingReferences(datafiles));
  return {
    name,
    sha256,
    gitCommit: textOf(document['git_commit']),
    gitCommitTimestamp: textOf(document['git_commit_timestamp']),
    datafiles,
    resources,
    confs,
    problems,
  };
}

function parseJson(bytes: Buffer, name: string): JsonObject {
  if (bytes.length > MAX_BUNDLE_BYTES) {
    const size = `${Math.round(bytes.length / 1e6)} MB`;
    throw new FailedError('BundleTooLarge', `${name} is too large to be a bundle: ${size}`, {
      hint: 'a bundle of app-interface is well below 500 MB',
    });
  }
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new FailedError(
      'BundleNotJson',
      `${name} is not JSON: ${messageOf(error).replaceAll(/\s+/g, ' ')}`,
      { hint: REBUILD },
    );
  }
  if (!isJsonObject(document)) {
    throw new FailedError('BundleNotJson', `${name} is not a bundle: a JSON object is expected`, {
      hint: REBUILD,
    });
  }
  return document;
}

function part(document: JsonObject, key: string, name: string): JsonObject {
  const value = document[key];
  if (isJsonObject(value)) return value;
  const why = value === undefined ? 'is missing' : 'is not an object';
  throw new FailedError('BundleIncomplete', `${name} is not a whole bundle: its part "${key}" ${why}`, {
    hint: REBUILD,
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
