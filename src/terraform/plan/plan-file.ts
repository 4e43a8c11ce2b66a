import type { Entry, ZipFile } from 'yauzl';

import { FailedError, messageOf } from '../../errors.js';
import { parseState } from '../state/parse-state.js';
import type { State } from '../state/state.js';
import { ResourceReader } from '../state/state-instances.js';
import type { PlanStates } from './plan.js';

/** One entry a configuration file: even thousands of modules have fewer. */
const MAX_ENTRIES = 100_000;
/** Half a million resources; the engine's longest text is hardly longer. */
const MAX_STATE_BYTES = 500_000_000;

const PRIOR = 'tfstate-prev';
const REFRESHED = 'tfstate';

/**
 * Reads the two states in a file that `plan -out` wrote: the stored one and the refreshed one. Nothing else of the file is
 * unpacked, and no more memory is taken than the states need, whatever the file claims.
 *
 * @param reader that of the stored state, with which they share what they have in common
 * @throws FailedError `PlanFileUnreadable`
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/plans/planfile/reader.go
 */
export async function readPlanFile(path: string, reader = new ResourceReader()): Promise<PlanStates> {
  try {
    const states = new Map<string, State>();
    await unpack(path, new Set([PRIOR, REFRESHED]), (name, bytes) => {
      states.set(name, parseState(bytes, `${name} in it`, reader));
    });
    const stateOf = (name: string): State => states.get(name) ?? missing(name);
    return { prior: stateOf(PRIOR), refreshed: stateOf(REFRESHED) };
  } catch (error) {
    throw new FailedError('PlanFileUnreadable', `the plan file ${path} cannot be read: ${messageOf(error)}`, {
      hint: 'read it with "terraform show -json", by the terraform that wrote it',
      cause: error,
    });
  }
}

/** Hands on the contents of the entries with these names, one after the other: none is held beside the next one. */
async function unpack(
  path: string,
  names: ReadonlySet<string>,
  take: (name: string, content: Buffer) => void,
): Promise<void> {
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(path, { autoClose: false });
  try {
    if (zip.entryCount > MAX_ENTRIES) throw new Error(`it has ${zip.entryCount} entries`);
    const taken = new Set<string>();
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry;
      if (!names.has(fileName)) continue;
      take(fileName, await contentOf(entry, zip));
      if (taken.add(fileName).size === names.size) break;
    }
  } finally {
    zip.close();
  }
}

/** The library ends with an error where an entry unpacks to more, or to less, than it says. */
async function contentOf(entry: Entry, zip: ZipFile): Promise<Buffer> {
  if (entry.uncompressedSize > MAX_STATE_BYTES) {
    throw new Error(`${entry.fileName} in it has ${entry.uncompressedSize} bytes`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function missing(name: string): never {
  throw new Error(`there is no ${name} in it`);
}
