import { createHash } from 'node:crypto';

import { RefusedError } from '../../../errors.js';
import { awsAnswer, awsFailure, isConditionFailed } from './aws-answer.js';
import { LOCK_ID, readAttribute, type LockTable } from './lock-table.js';

const DIGEST = 'Digest';

/** The digest that terraform compares a state with: MD5, in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** The digest that the table has of the state; undefined: none. @throws FailedError `DigestUnreadable` */
export async function readDigest(table: LockTable): Promise<string | undefined> {
  try {
    return await readAttribute(table, digestId(table), DIGEST);
  } catch (error) {
    const { credentials } = table;
    throw awsFailure('DigestUnreadable', `cannot read ${named(table)}`, error, { credentials });
  }
}

/**
 * Makes sure that terraform itself would accept the state: else somebody has written it past its backend, which is to be
 * understood first.
 *
 * @throws RefusedError `DigestMismatch`, FailedError `DigestUnreadable`
 */
export async function requireDigest(table: LockTable, bytes: Uint8Array): Promise<void> {
  const digest = await readDigest(table);
  if (digest === undefined || digest === '' || digest === digestOf(bytes)) return;
  throw new RefusedError(
    'DigestMismatch',
    `the state is not the one that ${named(table)} remembers: terraform would refuse it`,
    { hint: 'tfrepair diagnose says which of them is right' },
  );
}

/**
 * Replaces a digest. Written after the state, as terraform does, and only over the digest of the state before: another one
 * is of a writer who came after us.
 *
 * @throws FailedError `DigestNotWritten`
 */
export async function replaceDigest(table: LockTable, from: string | undefined, to: string): Promise<void> {
  const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
  const condition =
    from === undefined
      ? { ConditionExpression: 'attribute_not_exists(#digest) OR #digest = :to' }
      : { ConditionExpression: 'attribute_not_exists(#digest) OR #digest IN (:from, :to)' };
  const values = from === undefined ? {} : { ':from': { S: from } };
  try {
    await table.client.send(
      new PutItemCommand({
        TableName: table.table,
        Item: { [LOCK_ID]: { S: digestId(table) }, [DIGEST]: { S: to } },
        ...condition,
        ExpressionAttributeNames: { '#digest': DIGEST },
        ExpressionAttributeValues: { ...values, ':to': { S: to } },
      }),
    );
  } catch (error) {
    if (isConditionFailed(awsAnswer(error))) return;
    throw awsFailure('DigestNotWritten', `the state is written, but not ${named(table)}`, error, {
      credentials: table.credentials,
      hint: 'terraform refuses the state until tfrepair state resume has finished',
    });
  }
}

function digestId({ id }: LockTable): string {
  return `${id}-md5`;
}

function named(table: LockTable): string {
  return `the digest ${digestId(table)} in table ${table.table}`;
}
