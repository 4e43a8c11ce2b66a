import { UsageError } from '../../errors.js';
import type { StateDocument } from '../document/state-document.js';
import { Dependents } from './dependents.js';
import { Draft } from './draft.js';
import { move } from './move.js';
import type { DocumentOperation } from './operation.js';
import { remove } from './remove.js';
import { replaceProvider } from './replace-provider.js';
import { writeState } from './write-state.js';

/**
 * The state after some operations, one after the other: what Terraform's commands would make of it, but that everything else
 * keeps its very bytes (white space, members and attributes that nobody knows, the spelling of numbers). The serial goes up
 * by one, lineage and `terraform_version` stay.
 *
 * Pure: it neither reads nor writes anything outside.
 *
 * @throws UsageError `AddressInvalid`, `AddressMissing`, `AddressNotFound`, `MoveImpossible`, `ProviderInvalid`, `ProviderNotFound`
 * @throws RefusedError `TargetExists`, `RemovesModule`, `RemovesEverything`, `StateUnsupported`
 * @throws FailedError `StateInvalid`: a dependency is no address
 */
export function applyOperations(document: StateDocument, operations: readonly DocumentOperation[]): Buffer {
  if (operations.length === 0) {
    throw new UsageError('OperationMissing', 'there is nothing to do', { hint: 'name an operation' });
  }
  const draft = new Draft(document);
  const dependents = new Dependents(document);
  for (const operation of operations) apply(draft, dependents, operation);
  return writeState(draft);
}

function apply(draft: Draft, dependents: Dependents, operation: DocumentOperation): void {
  switch (operation.op) {
    case 'rm':
      remove(draft, operation);
      break;
    case 'mv':
      for (const pair of operation.moves) move(draft, dependents, pair);
      break;
    case 'replace-provider':
      replaceProvider(draft, operation);
      break;
  }
}
