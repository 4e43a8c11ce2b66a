import { expect, test } from '@jest/globals';

import { defaultJobs, machineResources, MEMORY_PER_PLAN } from '../../../src/fleet/jobs.js';

const GB = 1_000_000_000;

test.each([
  ['one a CPU when memory is plenty', { freeMemory: 64 * GB, allowedMemory: 64 * GB, cpus: 4 }, 4],
  ['as many as fit into the free memory', { freeMemory: 1.5 * GB, allowedMemory: 64 * GB, cpus: 8 }, 2],
  [
    'as many as the container may have',
    { freeMemory: 64 * GB, allowedMemory: 3 * MEMORY_PER_PLAN, cpus: 8 },
    3,
  ],
  ['one at least', { freeMemory: 0, allowedMemory: 0, cpus: 8 }, 1],
])('%s', (_, resources, jobs) => {
  expect(defaultJobs(resources)).toBe(jobs);
});

test('this machine has something to spare', async () => {
  const { freeMemory, allowedMemory, cpus } = await machineResources();
  expect(Math.min(freeMemory, allowedMemory, cpus)).toBeGreaterThan(0);
});
