import { describe, expect, test } from '@jest/globals';

import { notFound } from '../../../src/ui/command-not-found.js';

const KNOWN = ['doctor', 'diagnose', 'state rm', 'state mv'];

describe('a command line without a known command', () => {
  test.each([
    ['doctro', 'doctro is not a tfrepair command', 'did you mean tfrepair doctor?'],
    ['state rn', 'state rn is not a tfrepair command', 'did you mean tfrepair state rm?'],
    ['staterm', 'staterm is not a tfrepair command', 'did you mean tfrepair state rm?'],
    ['frobnicate', 'frobnicate is not a tfrepair command', 'tfrepair --help lists the commands'],
    [
      'doctor please now',
      'doctor takes no argument please now',
      'tfrepair doctor --help shows how it is used',
    ],
    ['--token=canary', 'no command before --token', 'tfrepair --help lists the commands'],
  ])('%s', (typed, message, hint) => {
    expect(notFound(typed, KNOWN, 'tfrepair')).toMatchObject({ message, hint, exitCode: 2 });
  });
});
