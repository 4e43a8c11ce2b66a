import { describe, expect, test } from '@jest/globals';

import { checkVersion } from '../../../src/terraform/version-check.js';
import { satisfiesConstraint } from '../../../src/terraform/version-constraint.js';

describe('version constraints', () => {
  test.each([
    ['1.6.6', '1.6.6', true],
    ['1.6.7', '1.6.6', false],
    ['1.6.6', '= 1.6.6', true],
    ['1.11.4', '~> 1.6', true],
    ['2.0.0', '~> 1.6', false],
    ['2.0.0-beta1', '~> 1.6', false],
    ['1.5.9', '~> 1.6', false],
    ['1.6.9', '~> 1.6.2', true],
    ['1.7.0', '~> 1.6.2', false],
    ['3.1.0', '~> 3', true],
    ['1.6.6', '>= 1.0, < 2.0', true],
    ['1.6.6', '>= 1.0, < 1.6.6', false],
    ['1.6.6', '!= 1.6.6', false],
    ['1.6.7', '>1, !=1.6.6', true],
  ])('%s and %j: %p', (version, constraint, expected) => {
    expect(satisfiesConstraint(version, constraint)).toBe(expected);
  });

  test.each(['', 'latest', '^1.2', '1.x', '>= 1.0 <2.0'])('%j is none', (text) => {
    expect(satisfiesConstraint('1.6.6', text)).toBeUndefined();
  });
});

describe('this version on this state and config', () => {
  const check = (stateVersion: string | undefined, requiredVersion?: string): unknown =>
    checkVersion({ product: 'terraform', version: '1.11.4', stateVersion, requiredVersion }).map(
      ({ severity, text }) => `${severity}: ${text}`,
    );

  test('there is nothing to say when it is the one that wrote the state', () => {
    expect(check('1.11.4', '1.11.4')).toEqual([]);
  });

  test('nor when there is no state, or one that says nothing', () => {
    expect([check(undefined), check('')]).toEqual([[], []]);
  });

  test('a write that would move the state upwards is warned of', () => {
    expect(check('1.6.6')).toEqual([
      'warning: a write by terraform 1.11.4 would move the state from version 1.6.6 to 1.11.4',
    ]);
  });

  test('a state from a newer version is warned of', () => {
    expect(check('1.12.0')).toEqual([
      'warning: the state was written by version 1.12.0, which is newer than terraform 1.11.4',
    ]);
  });

  test('a pin to another version is an error', () => {
    expect(check('1.11.4', '1.6.6')).toEqual([
      'error: the config wants version 1.6.6, and this is terraform 1.11.4',
    ]);
  });
});
