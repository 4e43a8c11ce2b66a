import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import { createNarrator } from '../../../src/ui/demo-narrator.js';
import { renderDemo } from '../../../src/ui/demo-report.js';

const PLAIN = { colour: new Chalk({ level: 0 }), width: 80 };

describe('the story of the demo', () => {
  test('numbers its chapters, names who types what, and bars off what commands say', () => {
    const told: string[] = [];
    const narrator = createNarrator(PLAIN, (text) => told.push(text));
    narrator.chapter('A world to break', 'It is here.');
    narrator.chapter('What is wrong?', 'Robin looks.');
    narrator.running('robin', 'tfrepair diagnose --account ferries-stage');
    narrator.ran({ who: 'robin', command: '', exitCode: 3, seconds: 4.2, output: 'DANGER\n\n  a queue\n' });
    expect(told.join('\n').split('\n')).toEqual([
      '',
      '1. A world to break',
      '   It is here.',
      '',
      '2. What is wrong?',
      '   Robin looks.',
      '',
      '   robin $ tfrepair diagnose --account ferries-stage',
      '   | DANGER',
      '   |',
      '   |   a queue',
      '   (exit 3, 4.2 s)',
    ]);
  });

  test('control characters of what a command says are shown, not sent, but for colours', () => {
    const told: string[] = [];
    createNarrator(PLAIN, (text) => told.push(text)).ran({
      ...{ who: 'sasha', command: '', exitCode: 0, seconds: 1 },
      output: '\u001B[2Jgone \u001B[1mbold\u001B[22m',
    });
    expect(told[0]).toContain(String.raw`| \x1b[2Jgone ` + '\u001B[1mbold\u001B[22m');
  });

  test('what was shown is listed within the width', () => {
    const proved = ['the plan is clean', 'a sentence that is long enough to be broken '.repeat(3).trim()];
    const text = renderDemo({ account: 'a', steps: [], proved, seconds: 61 }, PLAIN);
    expect(text).toContain('What was shown, in 61 seconds\n   - the plan is clean\n   - a sentence');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
