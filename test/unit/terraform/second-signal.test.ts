import { EventEmitter } from 'node:events';

import { expect, test } from '@jest/globals';

import { onSecondSignal, type SignalledProcess } from '../../../src/terraform/second-signal.js';

class FakeProcess extends EventEmitter implements SignalledProcess {
  readonly pid = 4711;
  readonly sent: string[] = [];

  kill(pid: number, signal: string): void {
    this.sent.push(`${signal} to ${pid}, ${this.listenerCount('SIGINT')} listening`);
  }
}

function setUp() {
  const target = new FakeProcess();
  const interruption = new AbortController();
  const done: string[] = [];
  const stop = onSecondSignal(interruption.signal, () => done.push('cleared up'), target);
  return { target, interruption, done, stop };
}

test('before the first interruption nobody listens', () => {
  const { target, done } = setUp();
  target.emit('SIGINT', 'SIGINT');
  expect({ done, listening: target.listenerCount('SIGINT') }).toEqual({ done: [], listening: 0 });
});

test('the signal after it clears up, and then does what it does by itself', () => {
  const { target, interruption, done } = setUp();
  interruption.abort();
  target.emit('SIGTERM', 'SIGTERM');
  expect({ done, sent: target.sent }).toEqual({
    done: ['cleared up'],
    sent: ['SIGTERM to 4711, 0 listening'],
  });
});

test('once the work has ended nobody listens any more', () => {
  const { target, interruption, stop } = setUp();
  interruption.abort();
  stop();
  expect(target.listenerCount('SIGINT')).toBe(0);
});
