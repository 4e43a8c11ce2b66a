import { describe, expect, test } from '@jest/globals';

import { computePost } from '../../../../src/surgery/engine/compute-post.js';
import { storedState } from '../../../../src/surgery/store/stored-state.js';
import { queuesState } from '../../../support/surgery/execution.js';

const imported = (base: Buffer, result: Buffer, address: string) =>
  computePost(storedState(base, '', 'x'), [{ op: 'import', address, id: 'some-id' }], undefined, result);

describe('an imported object', () => {
  test.each(['a', 'b', 'd'])('goes where terraform would put it: %s', (name) => {
    const others = ['a', 'b', 'c', 'd'].filter((each) => each !== name);
    const post = imported(queuesState(others), queuesState([...others, name]), `aws_sqs_queue.${name}`);
    expect(post.bytes.toString()).toBe(queuesState([...others, name], 8).toString());
    expect(post.changes).toEqual([{ kind: 'added', address: `aws_sqs_queue.${name}` }]);
  });

  test('can be the first one of a state', () => {
    const { bytes } = imported(queuesState([]), queuesState(['a']), 'aws_sqs_queue.a');
    expect(JSON.parse(bytes.toString())).toEqual(JSON.parse(queuesState(['a'], 8).toString()));
  });

  test('leaves behind whatever else terraform has changed', () => {
    const result = queuesState(['a', 'b'])
      .toString()
      .replace('1.6.6', '1.11.4')
      .replace('"name": "b"', '"name":"b"');
    const { bytes } = imported(queuesState(['b']), Buffer.from(result), 'aws_sqs_queue.a');
    expect(bytes.toString()).toBe(queuesState(['a', 'b'], 8).toString());
  });

  test.each([
    ['is not taken over what is there', 'aws_sqs_queue.b', ['b'], 'TargetExists'],
    ['is refused with others that come along', 'aws_sqs_queue.a', ['a', 'b', 'c'], 'ImportBringsMore'],
    ['has to be there afterwards', 'aws_sqs_queue.a', ['b'], 'ImportUnfit'],
    ['is no module', 'module.a', ['b'], 'AddressInvalid'],
  ])('%s', async (_, address, names, code) => {
    const act = (): unknown => imported(queuesState(['b']), queuesState(names), address);
    await expect(Promise.resolve().then(act)).rejects.toMatchObject({ code });
  });
});
