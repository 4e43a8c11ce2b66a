import { setImmediate } from 'node:timers/promises';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { RootDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { FailedError, InterruptedError } from '../../../src/errors.js';
import { runFleet, type FleetEvent } from '../../../src/fleet/run-fleet.js';
import { healthy } from '../support/diagnoses.js';

const open = new AbortController().signal;
const named = (name: string): RootDiagnosis => ({ ...healthy, name });
const quiet = { jobs: 2, signal: open, onProgress: () => undefined };

describe('a fleet', () => {
  test('comes back in the order of its names, whoever ends first, with no more than so many at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string(), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (names, jobs) => {
          let running = 0;
          let most = 0;
          const diagnoseOne = async (name: string): Promise<RootDiagnosis> => {
            most = Math.max(most, (running += 1));
            for (let turn = name.length + 5; turn > 0; turn -= 1) await setImmediate();
            running -= 1;
            return named(name);
          };
          const roots = await runFleet(names, diagnoseOne, { ...quiet, jobs });
          expect(roots.map(({ name }) => name)).toEqual(names);
          expect(most).toBeLessThanOrEqual(jobs);
          expect(most).toBe(Math.min(jobs, names.length));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('goes on when one account fails, and says why it did', async () => {
    const diagnoseOne = (name: string): Promise<RootDiagnosis> => {
      if (name === 'b') throw new FailedError('NoState', 'b has no state', { hint: 'look for it' });
      return name === 'c' ? Promise.reject(new TypeError('oops')) : Promise.resolve(named(name));
    };
    const roots = await runFleet(['a', 'b', 'c', 'd'], async (name) => diagnoseOne(name), quiet);
    expect(roots.map(({ failure }) => failure)).toEqual([
      undefined,
      { code: 'NoState', message: 'b has no state', hint: 'look for it' },
      { code: 'Unexpected', message: 'unexpected error: oops' },
      undefined,
    ]);
  });

  test('tells of each account when it begins and when it ends', async () => {
    const events: FleetEvent[] = [];
    await runFleet(['a', 'b'], (name) => Promise.resolve(named(name)), {
      jobs: 1,
      signal: open,
      onProgress: (event) => events.push(event),
    });
    expect(events.map(({ kind, name }) => `${name} ${kind}`)).toEqual([
      'a begun',
      'a ended',
      'b begun',
      'b ended',
    ]);
  });

  test('begins nothing more when interrupted, and waits for what is under way', async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    const diagnoseOne = async (name: string): Promise<RootDiagnosis> => {
      seen.push(`${name} begun`);
      controller.abort(new InterruptedError('Interrupted', 'interrupted by SIGINT'));
      await setImmediate();
      seen.push(`${name} ended`);
      throw new Error('the child was killed');
    };
    const run = runFleet(['a', 'b', 'c'], diagnoseOne, { ...quiet, signal: controller.signal });
    await expect(run).rejects.toBeInstanceOf(InterruptedError);
    expect(seen).toEqual(['a begun', 'a ended']);
  });
});
