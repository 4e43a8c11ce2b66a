import type { AwsPlace } from '../../clients/aws/load-balancers.js';
import { readObject } from '../../clients/aws/objects.js';
import { readItem } from '../../clients/aws/table-items.js';
import { FailedError, isError, messageOf } from '../../errors.js';
import type { S3Backend } from '../root.js';
import { MAX_LOCK_BYTES, parseLockInfo, type LockInfo } from './lock-info.js';

/** The partition key of every table of locks. */
const LOCK_ID = 'LockID';

/**
 * The lock of a state in S3: an object beside it, or an item of a table, whichever the backend is configured with.
 *
 * @throws FailedError `LockUnreadable`, `LockInvalid`
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export async function readS3Lock(backend: S3Backend, place: AwsPlace): Promise<LockInfo | undefined> {
  return (await lockObject(backend, place)) ?? (await lockItem(backend, place));
}

/**
 * The MD5 digest, in hex, that the last write of the state has left in the table of locks; undefined: none was.
 *
 * @throws FailedError `LockUnreadable`
 */
export async function readS3Digest(backend: S3Backend, place: AwsPlace): Promise<string | undefined> {
  const item = await itemOf(backend, '-md5', place);
  const digest = item?.get('Digest') ?? '';
  return digest === '' ? undefined : digest;
}

async function lockObject(backend: S3Backend, place: AwsPlace): Promise<LockInfo | undefined> {
  if (backend.useLockfile !== true) return undefined;
  const key = `${backend.key}.tflock`;
  const limits = { maxBytes: MAX_LOCK_BYTES, signal: place.signal };
  const object = { bucket: backend.bucket, key, region: backend.region };
  const source = `s3://${backend.bucket}/${key}`;
  const bytes = await readable(source, place, () => readObject(object, place.credentials, limits));
  return bytes && parseLockInfo(Buffer.from(bytes).toString('utf8'), source);
}

async function lockItem(backend: S3Backend, place: AwsPlace): Promise<LockInfo | undefined> {
  const item = await itemOf(backend, '', place);
  const source = `the item ${lockIdOf(backend)} of table ${backend.dynamodbTable ?? ''}`;
  return item && parseLockInfo(item.get('Info') ?? '', source);
}

async function itemOf(
  backend: S3Backend,
  suffix: '' | '-md5',
  place: AwsPlace,
): Promise<ReadonlyMap<string, string> | undefined> {
  const { dynamodbTable: table } = backend;
  if (table === undefined) return undefined;
  const key = { table, attribute: LOCK_ID, value: `${lockIdOf(backend)}${suffix}` };
  return readable(`table ${table}`, place, () => readItem(key, place));
}

function lockIdOf({ bucket, key }: S3Backend): string {
  return `${bucket}/${key}`;
}

async function readable<T>(
  what: string,
  { credentials, signal }: AwsPlace,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    signal.throwIfAborted();
    // Some of the SDK's errors have a name, but no message.
    const why = messageOf(error) || (isError(error) ? error.name : '');
    throw new FailedError('LockUnreadable', `cannot read the lock in ${what}: ${why}`, {
      hint: `check that ${credentials.source} may read it`,
      cause: error,
    });
  }
}
