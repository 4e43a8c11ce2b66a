import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import type { AwsCredentials } from '../../../clients/aws/credentials.js';
import { sdkCredentials } from '../../../clients/aws/credentials.js';
import { fipsIn } from '../../../clients/aws/identity.js';
import type { Patience, StorePlace } from './connection.js';

/** The table of locks and digests of an S3 backend. */
export interface LockTable {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** `BUCKET/KEY` of the state. */
  readonly id: string;
  readonly credentials: AwsCredentials;
}

/** The partition key of every table of locks. */
export const LOCK_ID = 'LockID';

export async function connectLockTable(
  { table, id }: Pick<LockTable, 'table' | 'id'>,
  { region, credentials, standIn }: StorePlace,
  { connect, idle }: Patience,
): Promise<LockTable> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({
    region,
    credentials: sdkCredentials(credentials),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: connect, socketTimeout: idle },
    ...(standIn === undefined ? fipsIn(region) : { endpoint: standIn.dynamodb }),
  });
  return { client, table, id, credentials };
}

/** A text attribute of an item, as it was last written; undefined when there is none. @throws Error of the SDK */
export async function readAttribute(
  { client, table }: LockTable,
  id: string,
  attribute: string,
): Promise<string | undefined> {
  const { GetItemCommand } = await import('@aws-sdk/client-dynamodb');
  const Key = { [LOCK_ID]: { S: id } };
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item?.[attribute]?.S;
}
