import { isUtf8 } from 'node:buffer';

import * as v from 'valibot';

import { readBounded, TooLargeError } from '../../bounded-file.js';
import type { FleetDiagnosis } from '../../diagnosis/diagnosis.js';
import { FailedError, messageOf } from '../../errors.js';
import { Envelope, FleetDocument } from './document.js';

/** An account with 10,000 resources takes about 3 MB. */
const MAX_BYTES = 256 * 1024 * 1024;

const HINT = 'give files that tfrepair diagnose --json has written';

/** A file, and the diagnosis that is in it. */
export interface ShardFile {
  readonly file: string;
  readonly fleet: FleetDiagnosis;
}

/**
 * Reads a diagnosis back from the JSON document that `tfrepair diagnose --json` printed.
 *
 * @param schemaVersion the version that this program writes
 * @throws FailedError `ReportUnreadable`, `ReportInvalid`, `ReportVersionUnknown`, `ReportOfFailure`
 */
export async function readShard(file: string, schemaVersion: number): Promise<ShardFile> {
  const { result, error, ...envelope } = envelopeOf(file, await textOf(file));
  if (envelope.schemaVersion !== schemaVersion) {
    const versions = `it has schemaVersion ${envelope.schemaVersion}, this program knows ${schemaVersion}`;
    throw new FailedError('ReportVersionUnknown', `${file} cannot be merged: ${versions}`, {
      hint: 'diagnose and merge with the same release of tfrepair',
    });
  }
  if (error !== undefined) {
    const message = `${file} holds no diagnosis but an error: ${error.message} (${error.code})`;
    throw new FailedError('ReportOfFailure', message, {
      hint: 'diagnose that shard again, or leave it out with --incomplete',
    });
  }
  return { file, fleet: fleetOf(file, result) };
}

async function textOf(file: string): Promise<string> {
  const bytes = await readBounded(file, MAX_BYTES).catch((error: unknown) => {
    if (error instanceof TooLargeError) throw invalid(file, error.message, error);
    throw new FailedError('ReportUnreadable', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  });
  if (!isUtf8(bytes)) throw invalid(file, 'it is not UTF-8 text');
  return bytes.toString();
}

function envelopeOf(file: string, text: string): v.InferOutput<typeof Envelope> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const why = text.trim() === '' ? 'it is empty' : 'it is not JSON, or not all of it is there';
    throw invalid(file, why, error);
  }
  const parsed = v.safeParse(Envelope, json);
  if (!parsed.success) throw invalid(file, 'it is not what tfrepair prints with --json');
  return parsed.output;
}

function fleetOf(file: string, result: unknown): FleetDiagnosis {
  const parsed = v.safeParse(FleetDocument, result, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'result';
  throw invalid(file, `${path}: ${lowerFirst(issue.message)}`);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function invalid(file: string, why: string, cause?: unknown): FailedError {
  return new FailedError('ReportInvalid', `${file} is no diagnosis: ${why}`, { hint: HINT, cause });
}
