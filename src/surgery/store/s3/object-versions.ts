import type { FoundState, WantedState } from '../store.js';
import { MAX_STATE_BYTES, storedState } from '../stored-state.js';
import { awsFailure } from './aws-answer.js';
import type { S3Connection } from './connection.js';
import { getObject, type StoredObject } from './get-object.js';

/** Of one state, the newest ones; one page of a list. */
const MAX_VERSIONS = 1000;

/** How many are looked at at a time. */
const AT_A_TIME = 8;

/** Terraform writes serial and lineage before anything that can be long. */
const HEAD_BYTES = 512;
const HEAD =
  /^\s*\{\s*"version":\s*\d+,\s*"terraform_version":\s*"[^"\\]*",\s*"serial":\s*(\d+),\s*"lineage":\s*"([^"\\]*)"/;

/**
 * The newest version of a state in S3 that is the wanted one; undefined: none of the newest 1,000 is, or the bucket keeps
 * none.
 *
 * @throws FailedError `VersionsUnreadable`
 */
export async function findVersion(
  s3: S3Connection,
  key: string,
  wanted: WantedState,
): Promise<FoundState | undefined> {
  const label = `s3://${s3.bucket}/${key}`;
  try {
    const versions = await versionsOf(s3, key);
    for (let at = 0; at < versions.length; at += AT_A_TIME) {
      const some = versions.slice(at, at + AT_A_TIME);
      const candidates = await Promise.all(some.map((versionId) => mayBe(s3, key, versionId, wanted)));
      for (const [index, versionId] of some.entries()) {
        const state = candidates[index] === true ? await read(s3, key, versionId) : undefined;
        if (state !== undefined && isWanted(state, wanted))
          return { state, place: `version ${versionId} of ${label}` };
      }
    }
    return undefined;
  } catch (error) {
    s3.signal.throwIfAborted();
    const { credentials } = s3;
    throw awsFailure('VersionsUnreadable', `cannot look through the versions of ${label}`, error, {
      credentials,
    });
  }
}

/** The newest first. */
async function versionsOf({ client, bucket, signal }: S3Connection, key: string): Promise<string[]> {
  const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
  // Keys are listed in their order: those that only begin like ours come after it.
  const command = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: MAX_VERSIONS });
  const { Versions = [] } = await client.send(command, { abortSignal: signal });
  return Versions.flatMap(({ Key, VersionId, Size = 0 }) =>
    Key === key && VersionId !== undefined && Size > 0 ? [VersionId] : [],
  );
}

/** Looks at the beginning alone; what is laid out in another way may be anything. */
async function mayBe(
  s3: S3Connection,
  key: string,
  versionId: string,
  wanted: WantedState,
): Promise<boolean> {
  const options = { maxBytes: HEAD_BYTES, firstBytes: HEAD_BYTES, signal: s3.signal, versionId };
  const object = await getObject(s3, key, options);
  if (object === undefined) return false;
  const [, serial, lineage] = HEAD.exec(object.bytes.toString()) ?? [];
  return serial === undefined || (Number(serial) === wanted.serial && lineage === wanted.lineage);
}

async function read(
  s3: S3Connection,
  key: string,
  versionId: string,
): Promise<FoundState['state'] | undefined> {
  const object = await getObject(s3, key, { maxBytes: MAX_STATE_BYTES, signal: s3.signal, versionId });
  return object && asState(object);
}

/** A version can be anything that somebody has put there. */
function asState({ bytes, etag }: StoredObject): FoundState['state'] | undefined {
  try {
    return storedState(bytes, etag, '');
  } catch {
    return undefined;
  }
}

function isWanted(state: FoundState['state'], { serial, lineage, sha256 }: WantedState): boolean {
  return state.serial === serial && state.lineage === lineage && (sha256 ?? state.sha256) === state.sha256;
}
