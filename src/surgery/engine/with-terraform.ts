import { RefusedError, UsageError } from '../../errors.js';
import { formatAddress } from '../../terraform/address/address.js';
import { structuralDifference } from '../difference/structural-difference.js';
import { readStateDocument } from '../document/read-state.js';
import { importTarget } from '../operations/insert-imported.js';
import type { DocumentOperation, ImportOperation, Operation } from '../operations/operation.js';
import type { StoredState } from '../store/store.js';
import { withSerial } from '../store/terraform/renumber.js';
import type { MadeByTerraform, TerraformPort } from '../terraform/terraform-port.js';
import type { PostState } from './compute-post.js';
import type { IsConfigured } from './expected-plan.js';

/**
 * What terraform makes of a copy of a state for an import, once nothing speaks against it.
 *
 * @returns with the address in Terraform's spelling
 * @throws UsageError `AddressInvalid`, `AddressNotConfigured`; RefusedError `TargetExists`, `OperationUnsupported`; FailedError
 *   what terraform says
 */
export async function importFor(
  base: StoredState,
  operation: ImportOperation,
  isConfigured: IsConfigured | undefined,
  terraform: TerraformPort | undefined,
): Promise<MadeByTerraform & { readonly address: string }> {
  const address = formatAddress(importTarget(readStateDocument(base.bytes, 'as it is'), operation.address));
  if (isConfigured?.(address) === false) {
    throw new UsageError('AddressNotConfigured', `the configuration has no ${address}`, {
      hint: 'write the resource into the configuration first: the next plan would destroy what it does not know',
    });
  }
  if (terraform === undefined) throw new RefusedError('OperationUnsupported', 'an import needs terraform');
  return { ...(await terraform.import(base.bytes, operation)), address };
}

/**
 * The new state as terraform's own commands write it, once it is known to be the one that was computed natively: the same
 * objects with the same content. Terraform may write its own version into it, and lay it out in its own way.
 *
 * @throws RefusedError `EngineDiffers`, `EngineUnsupported`; FailedError `StateCommandFailed`
 */
export async function madeByTerraform(
  base: StoredState,
  operations: readonly Operation[],
  native: PostState,
  terraform: TerraformPort | undefined,
): Promise<MadeByTerraform> {
  if (terraform === undefined) throw unsupported();
  const made = await terraform.edit(base.bytes, operations.map(documentOperation));
  const bytes = withSerial(made.bytes, base.serial + 1, "terraform's copy");
  const document = readStateDocument(bytes, 'that terraform has made');
  const differences = structuralDifference(readStateDocument(native.bytes, 'as computed'), document).filter(
    (change) => change.kind !== 'document' || change.what !== 'terraform_version',
  );
  if (differences.length === 0) return { ...made, bytes };
  const where = differences.slice(0, 5).map((change) => {
    if (change.kind === 'document') return change.what;
    return change.kind === 'moved' ? change.to : change.address;
  });
  throw new RefusedError(
    'EngineDiffers',
    `terraform would make another state of it, at ${where.join(', ')}`,
    {
      hint: 'leave --engine terraform away: the native engine changes nothing but what was asked for',
    },
  );
}

function documentOperation(operation: Operation): DocumentOperation {
  if (operation.op === 'import' || operation.op === 'restore') throw unsupported();
  return operation;
}

function unsupported(): RefusedError {
  return new RefusedError('EngineUnsupported', 'only rm, mv and replace-provider can be left to terraform', {
    hint: 'leave --engine terraform away',
  });
}
