import * as v from 'valibot';

/** The attributes of an item. */
type Item = Readonly<Record<string, { readonly S: string }>>;

const Item = v.record(v.string(), v.object({ S: v.string() }));

const Request = v.object({
  Item: v.optional(Item),
  Key: v.optional(Item),
  ConditionExpression: v.optional(v.string()),
  ExpressionAttributeValues: v.optional(Item),
});

export interface TableAnswer {
  readonly status: number;
  readonly body: string;
}

const KEY = 'LockID';

/**
 * The part of DynamoDB that locks and digests use: one table, with conditions as they are written here.
 *
 * @param items by their key
 * @param target the header `x-amz-target`
 */
export function tableAnswer(items: Map<string, Item>, target: string, body: Buffer): TableAnswer {
  const request = v.parse(Request, JSON.parse(body.toString()));
  const key = (request.Item ?? request.Key)?.[KEY]?.S ?? '';
  const now = items.get(key);
  if (!isMet(now, request)) {
    const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
    return { status: 400, body: JSON.stringify({ __type, message: 'The conditional request failed' }) };
  }
  switch (target.split('.')[1]) {
    case 'GetItem':
      return { status: 200, body: JSON.stringify(now === undefined ? {} : { Item: now }) };
    case 'PutItem':
      if (request.Item !== undefined) items.set(key, request.Item);
      return { status: 200, body: '{}' };
    case 'DeleteItem':
      items.delete(key);
      return { status: 200, body: '{}' };
    default:
      return { status: 400, body: '{"__type":"UnknownOperationException"}' };
  }
}

/** Each condition says of one attribute that it is not there, or has one of some values. */
function isMet(
  now: Item | undefined,
  { ConditionExpression: text, ExpressionAttributeValues: values = {} }: v.InferOutput<typeof Request>,
): boolean {
  if (text === undefined) return true;
  const attribute = text.includes('Info') ? 'Info' : text.includes('#digest') ? 'Digest' : KEY;
  const has = now?.[attribute]?.S;
  return has === undefined || Object.values(values).some(({ S }) => S === has);
}
