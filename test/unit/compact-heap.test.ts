import { expect, test } from '@jest/globals';

import { runScript } from './support/run-script.js';

/** How many bytes the space for new objects has before and after much was made that stays. */
const growth = (prepare: string): string => `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { keepHeapCompact } from './src/compact-heap.ts';
  const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size;
  ${prepare}
  const before = size();
  const kept = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
  console.log(JSON.stringify({ before, after: size(), kept: kept.length }));`;

test('the space for new objects grows by itself, and no more once the heap is to be compact', async () => {
  const [free, compact] = (await Promise.all([
    runScript(growth('')),
    runScript(growth('keepHeapCompact();')),
  ])) as { before: number; after: number }[];
  expect(free?.after).toBeGreaterThan(free?.before ?? Infinity);
  expect(compact?.after).toBeLessThan(free?.after ?? 0);
  expect(compact?.after).toBe(compact?.before);
}, 60_000);

test('an engine of which it is not known whether it has the setting is left alone, without a word', async () => {
  expect(
    await runScript(`
      import { keepHeapCompact } from './src/compact-heap.ts';
      Object.defineProperty(process.versions, 'v8', { value: '14.1' });
      keepHeapCompact();
      console.log('true');`),
  ).toBe(true);
}, 60_000);
