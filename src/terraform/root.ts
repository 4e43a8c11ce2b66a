import type { Secret } from '../secret.js';

/** A folder in which terraform can be run, and what it needs to be run there. */
export interface TerraformRoot {
  /** What the user calls it: the account's name, or the folder. */
  readonly name: string;
  /** Absolute. Of an account: private (0700) and temporary. Of `--dir`: the user's own, in which nothing is written. */
  readonly folder: string;
  /** Environment on top of the ordinary one: credentials, region, `TF_VAR_…`. */
  readonly env: Readonly<Record<string, Secret | string>>;
  readonly backend: Backend;
}

/** Where the state is kept. */
export type Backend =
  | ({ readonly type: 's3' } & S3Backend)
  | { readonly type: 'local'; readonly path: string }
  /** Any other: only terraform itself can read it. */
  | { readonly type: 'other'; readonly name: string };

/** @see https://developer.hashicorp.com/terraform/language/backend/s3 */
export interface S3Backend {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** The DynamoDB table for locks and digests. */
  readonly dynamodbTable?: string | undefined;
  readonly useLockfile?: boolean | undefined;
  /** The AWS profile that the backend is configured with. */
  readonly profile?: string | undefined;
  /** The role that the backend assumes. */
  readonly roleArn?: string | undefined;
}
