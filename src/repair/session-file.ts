import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import * as v from 'valibot';

import { readBounded } from '../bounded-file.js';
import { FINDING_CODES } from '../diagnosis/finding.js';
import { FailedError, messageOf, systemCodeOf, UsageError } from '../errors.js';

const MAX_BYTES = 64 * 1024;

/** Bumped when a field changes its meaning. */
const VERSION = 1;

const text = v.pipe(v.string(), v.maxLength(4096));

/** Flags that say where things are, as the user gave them; paths are absolute. */
const Flags = v.strictObject({
  account: v.exactOptional(text),
  dir: v.exactOptional(text),
  config: v.exactOptional(text),
  'aws-profile': v.exactOptional(text),
  graphql: v.exactOptional(text),
  bundle: v.exactOptional(v.pipe(v.array(text), v.maxLength(100))),
  'app-interface': v.exactOptional(text),
  schemas: v.exactOptional(text),
  'terraform-bin': v.exactOptional(text),
  'ssh-key': v.exactOptional(text),
});

const Schema = v.strictObject({
  schemaVersion: v.literal(VERSION),
  type: v.literal('tfrepair-repair'),
  /** The operation digest of the request, hex. */
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** The file with the handover. */
  handover: text,
  findings: v.pipe(
    v.array(v.strictObject({ code: v.picklist(FINDING_CODES), address: v.exactOptional(text) })),
    v.maxLength(100),
  ),
  flags: Flags,
});

/** What is needed to go on with a repair that waits for its approval. No secret and no value of the state is in it. */
export type SavedSession = Omit<v.InferOutput<typeof Schema>, 'schemaVersion' | 'type'>;

/**
 * Writes down how to go on, in a private file (0600).
 *
 * @param folder the data folder
 * @param id what the request is called
 * @throws FailedError `RepairNotSaved`
 */
export async function saveSession(folder: string, id: string, session: SavedSession): Promise<void> {
  const file = fileOf(folder, id);
  const document = { schemaVersion: VERSION, type: 'tfrepair-repair', ...session };
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(document)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new FailedError(
      'RepairNotSaved',
      `cannot write down how to go on with ${id}: ${messageOf(error)}`,
      {
        hint: `make room or mend the permissions of ${folder}; the request itself is written`,
        cause: error,
      },
    );
  }
}

/** @throws UsageError `RepairUnknown`; FailedError `RepairUnreadable` */
export async function loadSession(folder: string, id: string): Promise<SavedSession> {
  if (!/^[0-9a-f]{12}$/.test(id)) throw unknown(id);
  try {
    const bytes = await readBounded(fileOf(folder, id), MAX_BYTES);
    const { digest, handover, findings, flags } = v.parse(Schema, JSON.parse(bytes.toString()));
    if (!digest.startsWith(id)) throw new Error('it is about another request');
    return { digest, handover, findings, flags };
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') throw unknown(id);
    throw new FailedError('RepairUnreadable', `cannot read how to go on with ${id}: ${messageOf(error)}`, {
      hint: 'tfrepair state history names the file of the request; tfrepair state execute takes it',
      cause: error,
    });
  }
}

/** Once there is nothing to go on with. What cannot be removed does no harm. */
export async function forgetSession(folder: string, id: string): Promise<void> {
  await rm(fileOf(folder, id), { force: true }).catch(() => undefined);
}

function fileOf(folder: string, id: string): string {
  return join(folder, 'repairs', `${id}.json`);
}

function unknown(id: string): UsageError {
  return new UsageError('RepairUnknown', `no repair ${id} was begun on this machine`, {
    hint: 'tfrepair state history lists the requests that were made here',
  });
}
