import { createHash } from 'node:crypto';

import { FailedError, messageOf } from '../../errors.js';
import { decode } from '../../json-scan/decode.js';
import { JsonScanner } from '../../json-scan/json-scanner.js';
import { spaceEnd } from '../../json-scan/json-words.js';
import type { StoredState } from './store.js';

/** A state of 100,000 instances is some 200 MB. */
export const MAX_STATE_BYTES = 512 * 1024 * 1024;

/**
 * Takes note of what a store has. Only lineage and serial are looked at: what else stands in a state, those who change it
 * check.
 *
 * @param label of the store, for messages
 * @throws FailedError `StateInvalid`
 */
export function storedState(bytes: Buffer, versionToken: string, label: string): StoredState {
  const { lineage, serial } = headerOf(bytes, label);
  return { bytes, sha256: sha256Of(bytes), versionToken, lineage, serial };
}

/** In hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Where the value of a member begins and ends, in bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the values of the members `lineage` and `serial` of a state are.
 *
 * @throws FailedError `StateInvalid` when one is missing or there twice, or it is no JSON object
 */
export function headerSpans(bytes: Buffer, label: string): Record<'lineage' | 'serial', Span> {
  const found = new Map<string, Span>();
  try {
    const scanner = new JsonScanner(bytes);
    const end = scanner.objectEnd(spaceEnd(bytes, 0), (keyStart, keyEnd, start) => {
      const key = decode(bytes, keyStart, keyEnd);
      if (found.has(key)) throw new Error(`it has two members ${JSON.stringify(key)}`);
      const span = { start, end: scanner.valueEnd(start) };
      found.set(key, span);
      return span.end;
    });
    if (spaceEnd(bytes, end) < bytes.length) throw new Error('something follows its end');
  } catch (error) {
    throw invalid(label, messageOf(error));
  }
  const of = (name: string): Span => found.get(name) ?? missing(label, name);
  return { lineage: of('lineage'), serial: of('serial') };
}

function headerOf(bytes: Buffer, label: string): Pick<StoredState, 'lineage' | 'serial'> {
  const spans = headerSpans(bytes, label);
  const valueOf = ({ start, end }: Span): unknown => JSON.parse(bytes.toString('utf8', start, end));
  const [lineage, serial] = [valueOf(spans.lineage), valueOf(spans.serial)];
  if (typeof lineage !== 'string') throw invalid(label, 'its lineage is not a text');
  if (typeof serial !== 'number' || !Number.isSafeInteger(serial) || serial < 0) {
    throw invalid(label, 'its serial is not a natural number');
  }
  return { lineage, serial };
}

function missing(label: string, name: string): never {
  throw invalid(label, `it has no ${name}`);
}

function invalid(label: string, why: string): FailedError {
  return new FailedError('StateInvalid', `${label} is not a Terraform state: ${why}`, {
    hint: 'restore the last good version of it',
  });
}
