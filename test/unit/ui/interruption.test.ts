import { EventEmitter } from 'node:events';

import { beforeEach, describe, expect, test } from '@jest/globals';

import { FailedError, InterruptedError } from '../../../src/errors.js';
import { Interruption } from '../../../src/ui/interruption.js';

let source: EventEmitter;
let interruption: Interruption;
beforeEach(() => {
  source = new EventEmitter();
  interruption = new Interruption(source);
  interruption.listen();
});

describe('an interruption', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('by %s aborts the signal, saying so', (name) => {
    source.emit(name, name);
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.signal.reason).toBeInstanceOf(InterruptedError);
    expect(interruption.signal.reason).toHaveProperty('message', `interrupted by ${name}`);
  });

  test('leaves a second signal to the system, whichever it is', () => {
    source.emit('SIGINT', 'SIGINT');
    expect(source.eventNames()).toEqual([]);
  });

  test('listens to nothing once the command has ended', () => {
    interruption.stop();
    expect(source.eventNames()).toEqual([]);
  });
});

describe('an error of an interrupted command', () => {
  const aborted = () => Object.assign(new Error('This operation was aborted'), { name: 'AbortError' });

  test.each([
    ['an AbortError', () => aborted()],
    ['an error caused by one', () => new Error('x', { cause: aborted() })],
    ['a cancelled child process', () => Object.assign(new Error('x'), { isCanceled: true })],
    ['the reason itself', () => interruption.signal.reason as unknown],
  ])('is the interruption when it is %s', (_what, thrown) => {
    source.emit('SIGINT', 'SIGINT');
    expect(interruption.explain(thrown())).toBe(interruption.signal.reason);
  });

  test('is itself when it is a failure while stopping', () => {
    source.emit('SIGINT', 'SIGINT');
    const failure = new FailedError('A', 'the lock could not be released');
    expect(interruption.explain(failure)).toBe(failure);
  });

  test('is itself when nothing was interrupted', () => {
    const error = aborted();
    expect(interruption.explain(error)).toBe(error);
  });
});
