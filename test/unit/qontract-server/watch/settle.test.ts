import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

import { settle } from '../../../../src/qontract-server/watch/settle.js';

const QUIET = 100;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

/** A task that ends when told to. */
function slowTask(): { runs: () => number; task: () => Promise<void>; end: () => Promise<void> } {
  let runs = 0;
  let finish: () => void = () => undefined;
  const task = (): Promise<void> => {
    runs += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  };
  const end = async (): Promise<void> => {
    finish();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { runs: () => runs, task, end };
}

describe('a task that waits for quiet', () => {
  test('runs once for many pokes, when they have stopped', async () => {
    const { runs, task } = slowTask();
    const { poke } = settle(task, QUIET);
    for (let i = 0; i < 5; i += 1) {
      poke();
      await jest.advanceTimersByTimeAsync(QUIET - 1);
    }
    expect(runs()).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs()).toBe(1);
  });

  test('runs again after a run during which it was poked, never beside it', async () => {
    const { runs, task, end } = slowTask();
    const { poke } = settle(task, QUIET);
    poke();
    await jest.advanceTimersByTimeAsync(QUIET);
    poke();
    await jest.advanceTimersByTimeAsync(10 * QUIET);
    expect(runs()).toBe(1);
    await end();
    await jest.advanceTimersByTimeAsync(QUIET);
    expect(runs()).toBe(2);
  });

  test('does not run again by itself', async () => {
    const { runs, task, end } = slowTask();
    settle(task, QUIET).poke();
    await jest.advanceTimersByTimeAsync(QUIET);
    await end();
    await jest.advanceTimersByTimeAsync(10 * QUIET);
    expect(runs()).toBe(1);
  });

  test('can be stopped, which waits for a run under way and starts no other', async () => {
    const { runs, task, end } = slowTask();
    const { poke, stop } = settle(task, QUIET);
    poke();
    await jest.advanceTimersByTimeAsync(QUIET);
    poke();
    let stopped = false;
    const stopping = stop().then(() => {
      stopped = true;
    });
    await jest.advanceTimersByTimeAsync(10 * QUIET);
    expect(stopped).toBe(false);
    await end();
    await stopping;
    poke();
    await jest.advanceTimersByTimeAsync(10 * QUIET);
    expect(runs()).toBe(1);
  });
});
