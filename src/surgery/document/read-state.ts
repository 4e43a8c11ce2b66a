import { isUtf8 } from 'node:buffer';

import { FailedError } from '../../errors.js';
import { JsonSyntaxError } from '../../json-scan/json-syntax-error.js';
import { InvalidState } from './invalid-state.js';
import { scanState } from './scan-state.js';
import { StateDocument } from './state-document.js';

/** Terraform itself needs gigabytes for a state of this size. */
const MAX_BYTES = 1024 * 1024 * 1024;

/**
 * Finds the resources and instances in a state of format version 4.
 *
 * @param bytes the state, which the document keeps: they must not change any more
 * @param source what the state is called in messages, e.g. its file
 * @throws FailedError `StateInvalid`: no JSON or not UTF-8, another version, or open to two readings (a name twice, say)
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statefile/version4.go
 */
export function readStateDocument(bytes: Buffer, source: string): StateDocument {
  try {
    if (bytes.length > MAX_BYTES) throw new InvalidState('it is larger than 1 GiB', 'split it');
    if (!isUtf8(bytes)) throw new InvalidState('it is not UTF-8 text');
    const document = new StateDocument(scanState(bytes));
    if (!document.isDistinct) {
      throw new InvalidState(
        'a resource is listed twice',
        'let "terraform apply -refresh-only" write it anew',
      );
    }
    return document;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError) && !(error instanceof InvalidState)) throw error;
    const hint = error instanceof InvalidState ? error.hint : 'restore the last good version of it';
    throw new FailedError('StateInvalid', `the state ${source} cannot be used: ${error.message}`, { hint });
  }
}
