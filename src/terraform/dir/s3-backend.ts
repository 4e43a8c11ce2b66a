import { posix } from 'node:path';

import * as v from 'valibot';

import type { S3Backend } from '../root.js';
import { DEFAULT_WORKSPACE, type BackendPlace } from './backend-place.js';

const text = v.nullish(v.string());
const Role = v.nullish(v.strictObject({ role_arn: v.string(), session_name: text, duration: text }));

const S3Settings = v.object({
  bucket: v.pipe(v.string(), v.nonEmpty()),
  key: v.pipe(v.string(), v.nonEmpty()),
  region: text,
  dynamodb_table: text,
  use_lockfile: v.nullish(v.boolean()),
  workspace_key_prefix: text,
  profile: text,
  role_arn: text,
  assume_role: v.optional(
    v.pipe(
      v.unknown(),
      v.transform((block) => (Array.isArray(block) ? (block[0] as unknown) : block)),
      v.transform((block) => (isObject(block) ? withoutNulls(block) : block)),
      Role,
    ),
  ),
});

/** Settings by which S3 is somewhere else, or its objects are unreadable without more: terraform alone follows them all. */
const FOREIGN = [
  ...['endpoint', 'endpoints', 'dynamodb_endpoint', 'sts_endpoint', 'sse_customer_key', 'external_id'],
  ...['access_key', 'secret_key', 'token', 'assume_role_with_web_identity'],
  ...['shared_credentials_file', 'shared_credentials_files', 'shared_config_files'],
];

/**
 * The S3 backend that settings describe; undefined when they ask for what our own client cannot do, or lack something.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function s3Backend(
  settings: Readonly<Record<string, unknown>>,
  { workspace, env }: Pick<BackendPlace, 'workspace' | 'env'>,
): ({ readonly type: 's3' } & S3Backend) | undefined {
  const { success, output } = v.safeParse(S3Settings, settings);
  if (!success || FOREIGN.some((name) => isGiven(settings[name]))) return undefined;
  const region = output.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  if (region === undefined || region === '') return undefined;
  const prefix = output.workspace_key_prefix ?? 'env:';
  const key = workspace === DEFAULT_WORKSPACE ? output.key : posix.join(prefix, workspace, output.key);
  const roleArn = output.assume_role?.role_arn ?? output.role_arn;
  return {
    ...{ type: 's3', bucket: output.bucket, key, region },
    dynamodbTable: output.dynamodb_table ?? undefined,
    useLockfile: output.use_lockfile ?? undefined,
    profile: output.profile ?? undefined,
    roleArn: roleArn ?? undefined,
  };
}

/** What `init` records has every setting, null where it was not given. */
function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (isObject(value)) return Object.values(value).some(isGiven);
  return true;
}

function withoutNulls(block: object): object {
  return Object.fromEntries(Object.entries(block).filter(([, value]) => isGiven(value)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
