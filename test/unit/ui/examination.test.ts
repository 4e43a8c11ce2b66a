import { stripVTControlCharacters } from 'node:util';

import { describe, expect, test } from '@jest/globals';
import { Chalk } from 'chalk';

import { examine } from '../../../src/doctor/examine.js';
import { renderExamination } from '../../../src/ui/examination.js';
import { fakeWorld, says, settings } from '../doctor/fake-world.js';

const plain = new Chalk({ level: 0 });
const coloured = new Chalk({ level: 1 });
const world = fakeWorld({
  programs: { 'terraform version': says('Terraform v1.11.4'), 'git --version': says('git version 2.39.5') },
});

describe('an examination for people', () => {
  test('has a line for each check, and advice below what is not ok', async () => {
    const text = renderExamination(await examine(world, settings('[tfrepair]')), plain, 80);
    expect(text).toContain('\nok       terraform or tofu   plan and diagnosis    terraform 1.11.4\n');
    expect(text).toContain(
      '\nmissing  ssh-keygen          approvals by SSH key  not on PATH\n         install OpenSSH 8.1 or later\n',
    );
    expect(text).toMatch(/^ok {7}git .*\n(?:ok|missing|wrong) /m);
  });

  test.each([72, 80, 120])('keeps to %d columns', async (width) => {
    const text = renderExamination(await examine(world, settings(), 'diagnose'), plain, width);
    const long = text.split('\n').filter((line) => line.length > width);
    // A long word stays whole, so that it can be copied.
    expect(long.filter((line) => !/\s{2}\S+$/.test(line))).toEqual([]);
  });

  test('says the same without colours', async () => {
    const examination = await examine(world, settings(), 'plan');
    const text = renderExamination(examination, coloured, 80);
    expect(text).toContain('\u001B[');
    expect(stripVTControlCharacters(text)).toBe(renderExamination(examination, plain, 80));
  });

  test('ends with what the command lacks, or with nothing when no command is named', async () => {
    const lastLine = async (command?: string) =>
      renderExamination(await examine(world, settings(), command), plain, 80)
        .split('\n')
        .at(-1);
    expect(await lastLine('plan')).toBe('Not ready for plan, which needs: aws credentials, aws provider.');
    expect(await lastLine('bundle')).toBe('Ready for bundle: all that it needs is there.');
    expect(await lastLine()).not.toMatch(/ready/i);
  });

  test('of a command that needs nothing is its verdict alone', async () => {
    const text = renderExamination(await examine(world, settings(), 'report merge'), plain, 80);
    expect(text).toBe('Ready for report merge: all that it needs is there.');
  });

  test('cannot draw on the terminal', async () => {
    const hostile = fakeWorld({ env: { AWS_PROFILE: 'a\u001B[2Jb' } });
    expect(renderExamination(await examine(hostile, settings()), plain, 80)).toContain('a\\x1b[2Jb');
  });
});
