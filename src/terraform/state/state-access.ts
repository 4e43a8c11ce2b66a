import type { AwsCredentials } from '../../clients/aws/credentials.js';

/** How the state of a root is reached. */
export interface StateAccess {
  /** For S3; asked only when they are needed. */
  readonly credentials: () => Promise<AwsCredentials>;
  /** `terraform state pull` in the root, for backends that terraform alone can read. */
  readonly pull: () => Promise<Uint8Array | undefined>;
  readonly signal: AbortSignal;
}
