import { describe, expect, test } from '@jest/globals';

import { inTurn } from '../../../src/qontract-server/in-turn.js';

describe('calls in turn', () => {
  test('start one after the other, in the order of the calls', async () => {
    const log: string[] = [];
    const slow = inTurn(async (name: string, waits: number) => {
      log.push(`${name} starts`);
      for (let i = 0; i < waits; i += 1) await Promise.resolve();
      log.push(`${name} ends`);
      return name;
    });
    expect(await Promise.all([slow('a', 5), slow('b', 0)])).toEqual(['a', 'b']);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
  });

  test('go on after one that failed', async () => {
    const fail = inTurn((wrong: boolean) =>
      wrong ? Promise.reject(new Error('no')) : Promise.resolve('fine'),
    );
    const [first, second] = await Promise.allSettled([fail(true), fail(false)]);
    expect([first.status, second]).toEqual(['rejected', { status: 'fulfilled', value: 'fine' }]);
  });
});
