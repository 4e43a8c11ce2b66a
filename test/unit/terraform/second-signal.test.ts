import { EventEmitter } from 'node:events';

import { expect, test } from '@jest/globals';

import { onSecondSignal, type SignalledProcess } from '../../../src/terraform/second-signal.js';

class FakeProcess extends EventEmitter implements SignalledProcess {
  readonly pid = 4711;
  readonly sent: string[] = [];

  kill(pid: number, signal: string): void {
    this.sent.push(`${signal} to ${pid}, ${this.listenerCount('SIGINT')} listening`);
  }

  /** The signal, and what follows from it before the next event. */
  async receive(signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
    this.emit(signal, signal);
    await Promise.resolve();
  }
}

function setUp() {
  const target = new FakeProcess();
  const interruption = new AbortController();
  target.once('SIGINT', () => {
    interruption.abort();
  });
  const done: string[] = [];
  const stop = onSecondSignal(interruption.signal, () => done.push('cleared up'), target);
  return { target, done, stop };
}

test('the first signal is somebody else’s business, but there is never a moment without a listener', async () => {
  const { target, done } = setUp();
  await target.receive('SIGINT');
  expect({ done, sent: target.sent, listening: target.listenerCount('SIGINT') }).toEqual({
    ...{ done: [], sent: [], listening: 1 },
  });
});

test('the second clears up, and then does what it does by itself', async () => {
  const { target, done } = setUp();
  await target.receive('SIGINT');
  await target.receive('SIGTERM');
  expect({ done, sent: target.sent }).toEqual({
    done: ['cleared up'],
    sent: ['SIGTERM to 4711, 0 listening'],
  });
});

test('several clear up one after the other, and the last one lets the signal through', async () => {
  const target = new FakeProcess();
  const interruption = new AbortController();
  const done: string[] = [];
  for (const name of ['first', 'second']) onSecondSignal(interruption.signal, () => done.push(name), target);
  interruption.abort();
  await Promise.resolve();
  await target.receive('SIGINT');
  expect({ done, last: target.sent.at(-1) }).toEqual({
    ...{ done: ['first', 'second'], last: 'SIGINT to 4711, 0 listening' },
  });
});

test('once the work has ended nobody listens any more', async () => {
  const { target, done, stop } = setUp();
  await target.receive('SIGINT');
  stop();
  await target.receive('SIGINT');
  expect({ done, listening: target.listenerCount('SIGINT') }).toEqual({ done: [], listening: 0 });
});
