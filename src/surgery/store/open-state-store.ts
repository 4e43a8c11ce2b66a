import type { AwsCredentials } from '../../clients/aws/credentials.js';
import type { TerraformRoot } from '../../terraform/root.js';
import type { Terraform } from '../../terraform/terraform.js';
import type { World } from '../../world.js';
import { openLocalStateStore } from './local/local-state-store.js';
import type { StateStore } from './store.js';

/** How the store of a root is reached. */
export interface StoreAccess {
  /** For S3; asked only when they are needed. */
  readonly credentials: () => Promise<AwsCredentials>;
  /** For backends that terraform alone can reach; the root must be initialised then. */
  readonly terraform: () => Promise<Terraform>;
  /** Private (0700). */
  readonly folder: string;
  readonly world: Pick<World, 'env' | 'signal'>;
}

/** The store of a root's state, by its backend. To be closed. @throws what `access` throws */
export async function openStateStore(
  root: TerraformRoot,
  { credentials, terraform, folder, world }: StoreAccess,
): Promise<StateStore> {
  const { backend } = root;
  switch (backend.type) {
    case 's3': {
      const { openS3StateStore } = await import('./s3/s3-state-store.js');
      const place = { region: backend.region, credentials: await credentials(), signal: world.signal };
      return openS3StateStore(backend, place);
    }
    case 'local':
      return openLocalStateStore(backend.path, world.env);
    case 'other': {
      const { openTerraformStateStore } = await import('./terraform/terraform-state-store.js');
      return openTerraformStateStore({ root, terraform: await terraform(), folder, backend: backend.name });
    }
  }
}
