import { describe, expect, test } from '@jest/globals';

import type { RemoteObject } from '../../../src/clients/aws/remote/remote-object.js';
import { askAws, type AwsQuestions } from '../../../src/diagnosis/ask-aws.js';
import type { Suspect } from '../../../src/diagnosis/suspects.js';

const WHO = { account: '123456789012', automation: ['terraform'] };

const suspect = (name: string): Suspect => ({
  address: `aws_sqs_queue.${name}`,
  type: 'aws_sqs_queue',
  name,
  alias: undefined,
});
const object: RemoteObject = { importId: 'https://q', uniqueId: undefined, createdAt: 5, tags: { app: 'x' } };
const questions = (over: Partial<AwsQuestions>): AwsQuestions => ({
  find: () => Promise.resolve(object),
  trail: () => Promise.resolve([]),
  ...over,
});

describe('asking AWS about suspects', () => {
  test('tells what exists and what is gone', async () => {
    const find: AwsQuestions['find'] = ({ name }) => Promise.resolve(name === 'a' ? object : undefined);
    const { evidence, notes } = await askAws([suspect('a'), suspect('b')], questions({ find }), WHO);
    expect(evidence.suspects).toMatchObject([
      { address: 'aws_sqs_queue.a', existence: 'exists', importId: 'https://q', tags: { app: 'x' } },
      { address: 'aws_sqs_queue.b', existence: 'gone' },
    ]);
    expect(notes).toEqual([]);
  });

  test('an answer that does not come makes one suspect unknown, and is said', async () => {
    const find: AwsQuestions['find'] = ({ name }) =>
      name === 'a' ? Promise.reject(new Error('AccessDenied')) : Promise.resolve(object);
    const { evidence, notes } = await askAws([suspect('a'), suspect('b')], questions({ find }), WHO);
    expect(evidence.suspects.map(({ existence }) => existence)).toEqual(['unknown', 'exists']);
    expect(notes).toEqual(['AWS did not say whether aws_sqs_queue.a exists (Error)']);
  });

  test('changes by the automation are not changes by hand', async () => {
    const trail: AwsQuestions['trail'] = () =>
      Promise.resolve([
        { at: 3, call: 'DeleteQueue', who: 'jdoe', sourceIp: undefined },
        { at: 2, call: 'TagQueue', who: 'terraform', sourceIp: undefined },
        { at: 1, call: 'TagQueue', who: 'arn:aws:iam::123456789012:user/terraform', sourceIp: undefined },
      ]);
    const { evidence } = await askAws([suspect('a')], questions({ trail }), WHO);
    expect(evidence.suspects[0]?.changes).toEqual([{ who: 'jdoe', when: 3, call: 'DeleteQueue' }]);
  });

  test('a CloudTrail that does not answer is asked once', async () => {
    let asked = 0;
    const trail: AwsQuestions['trail'] = () => {
      asked += 1;
      return Promise.reject(new Error('denied'));
    };
    const { evidence, notes } = await askAws([suspect('a'), suspect('b')], questions({ trail }), WHO);
    expect(asked).toBe(1);
    expect(evidence.suspects.map(({ changes }) => changes)).toEqual([[], []]);
    expect(notes).toEqual(['CloudTrail did not say who changed what (Error)']);
  });

  test('no more than forty are asked about, and that is said', async () => {
    const suspects = Array.from({ length: 100 }, (_, i) => suspect(`q${i}`));
    let asked = 0;
    const find: AwsQuestions['find'] = () => {
      asked += 1;
      return Promise.resolve(undefined);
    };
    const { notes } = await askAws(suspects, questions({ find }), WHO);
    expect(asked).toBe(40);
    expect(notes).toEqual(['AWS was asked about 40 of 100 suspects only']);
  });
});
