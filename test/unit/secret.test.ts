import { inspect } from 'node:util';

import { describe, expect, test } from '@jest/globals';

import { Secret } from '../../src/secret.js';

const secret = new Secret('canary-77ab');

describe('a secret', () => {
  test('gives its value to those who ask', () => {
    expect(secret.reveal()).toBe('canary-77ab');
  });

  test.each([
    ['in a string', () => String(secret)],
    ['in JSON', () => JSON.stringify({ nested: [secret] })],
    ['inspected', () => inspect({ nested: [secret] }, { depth: 9, showHidden: true })],
    ['copied', () => JSON.stringify(Object.assign({}, secret))],
    ['cloned', () => JSON.stringify(structuredClone(secret))],
    ['in its own keys', () => Reflect.ownKeys(secret).map(String).join()],
  ])('does not show %s', (_how, show) => {
    expect(show()).not.toContain('canary');
  });
});
