import { expect, test } from '@jest/globals';

import { summaryBelow } from '../../../src/diagnosis/summary-below.js';
import { deletedGroup } from '../support/diagnoses.js';

test.each([
  ['a.b is tainted', ['a.b'], 'is tainted'],
  ['a.b and a.c are one object', ['a.b', 'a.c'], 'and a.c are one object'],
  ['a.bc is tainted', ['a.b'], 'a.bc is tainted'],
  ['the state is locked', [], 'the state is locked'],
  ['a.b ', ['a.b'], 'a.b '],
])('%j below %j is %j', (summary, addresses, below) => {
  expect(summaryBelow({ ...deletedGroup, summary, addresses })).toBe(below);
});
