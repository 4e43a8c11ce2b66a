import { fipsIn } from './identity.js';
import type { AwsPlace } from './load-balancers.js';
import { sdkCredentials } from './credentials.js';

/** The key of an item of a DynamoDB table. */
export interface ItemKey {
  readonly table: string;
  /** The name of the table's partition key. */
  readonly attribute: string;
  readonly value: string;
}

/**
 * The texts of an item, by attribute, as they were last written; undefined when the table has no such item.
 *
 * @throws Error of the SDK
 */
export async function readItem(
  { table, attribute, value }: ItemKey,
  { region, credentials, signal }: AwsPlace,
): Promise<ReadonlyMap<string, string> | undefined> {
  const { DynamoDBClient, GetItemCommand } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({
    region,
    credentials: sdkCredentials(credentials),
    ...fipsIn(region),
  });
  try {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { [attribute]: { S: value } }, ConsistentRead: true }),
      { abortSignal: signal },
    );
    const texts = Object.entries(item ?? {}).flatMap(([name, { S: text }]): [string, string][] =>
      text === undefined ? [] : [[name, text]],
    );
    return item && new Map(texts);
  } finally {
    client.destroy();
  }
}
