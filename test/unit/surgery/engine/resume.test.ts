import { describe, expect, test } from '@jest/globals';

import { execute, type Execution } from '../../../../src/surgery/engine/execute.js';
import { unfinishedRequests } from '../../../../src/surgery/engine/resume.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { executionIn, prepared, queuesState, resumed } from '../../../support/surgery/execution.js';
import { Broken, MemoryStore } from '../../../support/surgery/memory-store.js';

const BASE = queuesState(['a', 'b', 'c']);
const POST = queuesState(['b', 'c'], 8);

const home = useTempDir();
const storeOf = (): MemoryStore => new MemoryStore(BASE);
const executionOf = (store: MemoryStore): Execution => executionIn(home(), store);

describe('resume', () => {
  /** Cut short when the write was about to be sent. */
  async function cutShort(store: MemoryStore): Promise<Execution> {
    const { request } = await prepared(store);
    const execution = executionOf(store);
    store.trouble = (call) => {
      if (call !== 'swap') return;
      store.trouble = () => {
        throw new Broken('gone');
      };
      throw new Broken('gone');
    };
    await expect(execute(request, execution)).rejects.toMatchObject({ code: 'AttemptUnfinished' });
    store.trouble = () => undefined;
    await expect(execute(request, execution)).rejects.toMatchObject({ code: 'Unfinished' });
    return execution;
  }

  test('waits for a write that is still on its way', async () => {
    const store = storeOf();
    const { journal } = await cutShort(store);
    const wait = (): Promise<void> => {
      store.overwrite(POST);
      return Promise.resolve();
    };
    expect(await resumed(store, journal, wait)).toMatchObject({ how: 'done' });
    expect(store.held).toBeUndefined();
  });

  test('says when somebody else has written since', async () => {
    const store = storeOf();
    const { journal } = await cutShort(store);
    store.overwrite(queuesState(['z'], 9));
    expect(await resumed(store, journal)).toMatchObject({ how: 'changed' });
    expect(store.bytes).toEqual(queuesState(['z'], 9));
  });

  test('knows no request by another id', async () => {
    const { journal } = executionOf(storeOf());
    await expect(unfinishedRequests(journal, 's3://x/y', 'abc')).rejects.toMatchObject({
      code: 'RequestUnknown',
    });
  });
});
