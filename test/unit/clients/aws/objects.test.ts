import { describe, expect, test } from '@jest/globals';

import { readObject } from '../../../../src/clients/aws/objects.js';
import { readStateObject } from '../../../../src/clients/aws/state-object.js';
import { InterruptedError } from '../../../../src/errors.js';
import { Secret } from '../../../../src/secret.js';
import { refusal, useFakeAws } from '../../../support/aws-server.js';

const LOCATION = { bucket: 'states', key: 'acme/a b.tfstate', region: 'us-east-1' };
const CREDENTIALS = {
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: new Secret('canary'),
  sessionToken: undefined,
  source: 'the profile acme',
};
const GET = 'GET /states/acme/a%20b.tfstate';
const never = new AbortController().signal;

describe('an object of a bucket', () => {
  const aws = useFakeAws();
  const read = async (maxBytes: number): Promise<string | undefined> => {
    const bytes = await readObject(LOCATION, CREDENTIALS, { maxBytes, signal: never });
    return bytes && Buffer.from(bytes).toString('utf8');
  };

  test.each([
    ['is read whole', 'content', 'content'],
    ['may be as large as allowed', '0123456789', '0123456789'],
    ['may be empty', '', ''],
  ])('%s', async (_what, body, content) => {
    aws.answers[GET] = { status: 200, body };
    expect(await read(10)).toBe(content);
  });

  test('that is larger than allowed is an error', async () => {
    aws.answers[GET] = { status: 200, body: '0123456789x' };
    await expect(read(10)).rejects.toThrow('it is larger than 10 bytes');
  });

  test('that is not there is undefined', async () => {
    aws.answers[GET] = refusal('NoSuchKey', 'The specified key does not exist.', 404);
    expect(await read(10)).toBeUndefined();
  });

  test('of a bucket that is not there is an error: nothing says that there is no state', async () => {
    aws.answers[GET] = refusal('NoSuchBucket', 'The specified bucket does not exist', 404);
    await expect(readStateObject(LOCATION, CREDENTIALS, never)).rejects.toMatchObject({
      code: 'StateUnreadable',
      message: 'cannot read the state s3://states/acme/a b.tfstate: The specified bucket does not exist',
      hint: 'check that the profile acme may read that object',
    });
  });

  test('is not read after an interruption', async () => {
    const interruption = new InterruptedError('Interrupted', 'interrupted by SIGINT');
    const failure = readStateObject(LOCATION, CREDENTIALS, AbortSignal.abort(interruption));
    await expect(failure).rejects.toBe(interruption);
  });
});
