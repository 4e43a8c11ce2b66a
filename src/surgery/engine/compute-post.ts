import { RefusedError } from '../../errors.js';
import { proveAdded, requireOnlyImport } from '../difference/prove-added.js';
import { proveOnly } from '../difference/prove-only.js';
import { structuralDifference, type Change } from '../difference/structural-difference.js';
import { readStateDocument } from '../document/read-state.js';
import { applyOperations } from '../operations/apply-operations.js';
import { importTarget, insertImported } from '../operations/insert-imported.js';
import type { DocumentOperation, ImportOperation, Operation } from '../operations/operation.js';
import type { StoredState } from '../store/store.js';
import { formatAddress } from '../../terraform/address/address.js';
import type { StateDocument } from '../document/state-document.js';
import { restoreContent } from './restore-content.js';

/** The state that operations make, and what is different about it. */
export interface PostState {
  readonly bytes: Buffer;
  readonly changes: readonly Change[];
  /** What is in it. */
  readonly document: StateDocument;
}

/**
 * Computes what operations make of a state, and proves that nothing else has changed.
 *
 * @param earlier the content that a `restore` makes current
 * @param imported what terraform made of a copy of the state, for an `import`
 * @throws UsageError, RefusedError what the operations say; RefusedError `UnexpectedDifference`, `BackupUnfit`,
 *   `ImportBringsMore`, `OperationUnsupported`
 */
export function computePost(
  base: StoredState,
  operations: readonly Operation[],
  earlier: StoredState | undefined,
  imported?: Buffer,
): PostState {
  const document = readStateDocument(base.bytes, 'as it is');
  const [first] = operations;
  if (first?.op === 'restore') {
    if (earlier === undefined) throw unsupported('a restore needs the backup');
    const bytes = restoreContent(base, earlier, first);
    const post = readStateDocument(bytes, 'in the backup');
    return { bytes, changes: structuralDifference(document, post), document: post };
  }
  if (first?.op === 'import') {
    if (imported === undefined || operations.length > 1)
      throw unsupported('an import needs terraform, and stands alone');
    return withImported(document, readStateDocument(imported, 'that terraform has made'), first);
  }
  const ofDocument = operations.map(documentOperation);
  const bytes = applyOperations(document, ofDocument);
  const post = readStateDocument(bytes, 'as computed');
  proveOnly(document, post, ofDocument);
  return { bytes, changes: structuralDifference(document, post), document: post };
}

function withImported(
  document: StateDocument,
  imported: StateDocument,
  operation: ImportOperation,
): PostState {
  const address = formatAddress(importTarget(document, operation.address));
  requireOnlyImport(document, imported, address);
  const bytes = insertImported(document, imported, operation);
  const post = readStateDocument(bytes, 'as computed');
  proveAdded(document, post, address);
  return { bytes, changes: structuralDifference(document, post), document: post };
}

function documentOperation(operation: Operation): DocumentOperation {
  if (operation.op === 'import') throw unsupported('an import stands alone');
  if (operation.op === 'restore') throw unsupported('a restore stands alone');
  return operation;
}

function unsupported(why: string): RefusedError {
  return new RefusedError('OperationUnsupported', why);
}
