import { FailedError, messageOf } from '../../errors.js';
import type { Json, JsonObject } from '../../json.js';
import { JsonSyntaxError } from '../../json-scan/json-syntax-error.js';
import { listAt, numberAt, objectOf, optionalTextAt, textAt, WrongShape } from '../shape.js';
import { ResourceReader } from './state-instances.js';
import { statePartsOf, type StateParts } from './state-parts.js';
import type { State, StateInstance } from './state.js';

/** The only format since Terraform 0.12; OpenTofu writes it, too. */
const VERSION = 4;

/**
 * Reads a state document of format version 4, in memory for the state and one resource more. Keys that are not known are
 * passed over.
 *
 * @param source what the document is called in messages, e.g. its file or `s3://bucket/key`
 * @param reader one for several states of a root lets them share what they have in common
 * @throws FailedError `StateInvalid`: no JSON, another version, encrypted, or not of the format's shape
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statefile/version4.go
 */
export function parseState(bytes: Uint8Array, source: string, reader = new ResourceReader()): State {
  try {
    const { head, resources } = partsOf(bytes, source);
    const document = objectOf(head);
    checkVersion(document, source);
    return {
      terraformVersion: textAt(document, 'terraform_version'),
      serial: numberAt(document, 'serial'),
      // Absent where there is none yet, as in the plan file of a new root.
      lineage: optionalTextAt(document, 'lineage') ?? '',
      instances: instancesOf(document, resources(), reader),
    };
  } catch (error) {
    if (!(error instanceof WrongShape)) throw error;
    throw invalid(source, `is not of the format of a state: ${error.message}`, {
      hint: 'restore the last good version of it',
    });
  }
}

function instancesOf(document: JsonObject, texts: Iterable<string>, reader: ResourceReader): StateInstance[] {
  // That it is a list, or nothing.
  listAt(document, 'resources', () => undefined);
  const instances: StateInstance[] = [];
  let index = 0;
  for (const text of texts) {
    try {
      instances.push(...reader.read(text));
    } catch (error) {
      throw error instanceof WrongShape ? error.under(`resources[${index}]`) : error;
    }
    index += 1;
  }
  return instances;
}

/** The engine's parser tells best what is wrong with a text that is no JSON; it also takes what is nested too deep for ours. */
function partsOf(bytes: Uint8Array, source: string): StateParts {
  try {
    return statePartsOf(bytes);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError || error instanceof SyntaxError)) throw error;
    const document = objectOf(parseJson(bytes, source));
    const resources = listAt(document, 'resources', (item) => JSON.stringify(item));
    return { head: { ...document, resources: [] }, resources: () => resources };
  }
}

function parseJson(bytes: Uint8Array, source: string): Json {
  if (bytes.length === 0) {
    throw invalid(source, 'is empty', { hint: 'a state that was never written needs no repair: run plan' });
  }
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as Json;
  } catch (error) {
    // The engine's message quotes the document, which may hold secrets: only the place is told.
    const place = /position \d+(?: \(line \d+ column \d+\))?/.exec(messageOf(error))?.[0];
    const where = place ?? (messageOf(error).includes('end of JSON') ? 'its end' : 'its beginning');
    throw invalid(source, `is no JSON: it cannot be read on at ${where}`, {
      hint: 'it may have been cut off or be another file; restore the last good version of it',
    });
  }
}

function checkVersion(document: JsonObject, source: string): void {
  if (document['encrypted_data'] !== undefined) {
    throw invalid(source, "is encrypted by OpenTofu's state encryption", {
      hint: 'give the decrypted state, as "tofu state pull" prints it',
    });
  }
  const { version } = document;
  if (version === VERSION) return;
  if (typeof version !== 'number') throw new WrongShape('version', `the number ${VERSION}`);
  if (version < VERSION) {
    throw invalid(source, `is of format version ${version}, from before Terraform 0.12`, {
      hint: 'let Terraform 0.12 or 0.13 rewrite it first',
    });
  }
  throw invalid(source, `is of format version ${version}; only version ${VERSION} is known`, {
    hint: 'it was written by a newer terraform: look for a newer tfrepair',
  });
}

function invalid(source: string, why: string, details: { hint: string }): FailedError {
  return new FailedError('StateInvalid', `the state ${source} ${why}`, details);
}
