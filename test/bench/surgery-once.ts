import { readFileSync } from 'node:fs';

import { proveOnly } from '../../src/surgery/difference/prove-only.js';
import { readStateDocument } from '../../src/surgery/document/read-state.js';
import { applyOperations } from '../../src/surgery/operations/apply-operations.js';
import type { DocumentOperation } from '../../src/surgery/operations/operation.js';

/** One request from reading the state until the new one is ready to be written: `surgery-once.js STATE OPERATIONS`. */
const [, , state = '', operations = ''] = process.argv;
const asked = JSON.parse(readFileSync(operations, 'utf8')) as DocumentOperation[];
const base = readStateDocument(readFileSync(state), state);
const post = applyOperations(base, asked);
proveOnly(base, readStateDocument(post, 'the new state'), asked);
