import { openTerraform, type TerraformOptions } from '../../terraform/terraform.js';
import { withWorkdir } from '../../terraform/workdir.js';
import type { World } from '../../world.js';
import type { DocumentOperation, ImportOperation } from '../operations/operation.js';
import type { StateRoot } from '../roots/state-root.js';
import { editState } from './edit-state.js';
import { importResource } from './import-resource.js';
import { openPrivateCopy } from './private-copy.js';

/** What terraform made of a copy of a state. */
export interface MadeByTerraform {
  readonly bytes: Buffer;
  /** Of terraform. */
  readonly version: string;
}

/** Terraform's own hand, on private copies of a state: the state itself is not within its reach. */
export interface TerraformPort {
  /** @throws FailedError `InitFailed`, `ImportFailed`; RefusedError `BackendNotReplaced` */
  readonly import: (bytes: Buffer, operation: ImportOperation) => Promise<MadeByTerraform>;
  /** @throws FailedError `StateCommandFailed`; RefusedError `EngineUnsupported` */
  readonly edit: (bytes: Buffer, operations: readonly DocumentOperation[]) => Promise<MadeByTerraform>;
}

/** Terraform is looked for when it is needed; private folders are gone afterwards. */
export function terraformPort(
  { name, privateRoot }: Pick<StateRoot, 'name' | 'privateRoot'>,
  options: Omit<TerraformOptions, 'folder'>,
  world: World,
): TerraformPort {
  const workdir = { keep: false, signal: world.signal };
  return {
    import: (bytes, operation) =>
      withWorkdir(workdir, async (folder) => {
        const terraform = await openTerraform({ ...options, folder }, world);
        const copy = await openPrivateCopy(await privateRoot(folder), bytes, folder, terraform);
        return { bytes: await importResource(copy, operation), version: terraform.version };
      }),
    edit: (bytes, operations) =>
      withWorkdir(workdir, async (folder) => {
        const terraform = await openTerraform({ ...options, folder }, world);
        return {
          bytes: await editState({ name, folder, terraform }, bytes, operations),
          version: terraform.version,
        };
      }),
  };
}
