import { readdirSync } from 'node:fs';
import { sep } from 'node:path';

import type { Command } from '@oclif/core';
import { beforeAll, describe, expect, test } from '@jest/globals';

import { TfrepairSection } from '../../src/config/schema.js';
import { KNOWN_COMMANDS } from '../../src/doctor/needs.js';
import { BaseCommand } from '../../src/ui/base-command.js';
import { keysOf } from './support/config-keys.js';

const FOLDER = new URL('../../commands/', import.meta.url);
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

/** The keys of `[tfrepair]`, as the flags that set them: `server.port` as `server-port`. */
const SETTINGS = new Set(keysOf(TfrepairSection.entries).map((key) => key.replaceAll(/[._]/g, '-')));

describe.each(FILES)('commands/%s', (file) => {
  const name = file.replace(/\.ts$/, '').split(sep).join(' ');
  let command: Command.Class;
  beforeAll(async () => {
    const module: unknown = await import(new URL(file, FOLDER).href);
    if (typeof module !== 'object' || module === null || !('default' in module))
      throw new Error('no default');
    command = module.default as Command.Class;
  });

  // A command without flags or arguments of its own has none of the two properties.
  const flags = () => Object.entries({ ...command.flags });
  const args = () => Object.entries({ ...command.args });

  test('has the base of every command', () => {
    expect(command.prototype).toBeInstanceOf(BaseCommand);
  });

  test('has a summary of one line, which is a sentence without a full stop', () => {
    expect(command.summary).toMatch(/^[A-Z].{0,70}[^.\n]$/);
  });

  test('has a description whose paragraphs are left to the help to wrap', () => {
    expect(command.description?.length).toBeGreaterThan(20);
    expect(command.description).not.toMatch(/[^\n]\n[^\n]/);
  });

  test('has examples, of itself', () => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) expect(example).toContain('<%= config.bin %> <%= command.id %>');
  });

  test('says of each flag what it is for', () => {
    expect(flags().filter(([, { summary = '' }]) => summary === '' || summary.endsWith('.'))).toEqual([]);
  });

  test('lets the environment set what the configuration file can set', () => {
    const settable = flags().filter(([flag]) => SETTINGS.has(flag) || SETTINGS.has(`${name}-${flag}`));
    const without = settable.filter(([, { env, summary }]) => !(env ?? summary ?? '').includes('TFREPAIR_'));
    expect(without.map(([flag]) => flag)).toEqual([]);
  });

  test('has no repeatable flag that swallows the arguments after it', () => {
    const greedy = flags().filter(
      ([, flag]) => flag.type === 'option' && flag.multiple === true && flag.multipleNonGreedy !== true,
    );
    expect(greedy.map(([flag]) => flag)).toEqual([]);
  });

  test('takes no argument from stdin unasked', () => {
    const asking = args().filter(([, arg]) => arg.ignoreStdin !== true);
    expect(asking.map(([arg]) => arg)).toEqual([]);
  });

  test('is known to the doctor, who says what it needs', () => {
    if (name !== 'doctor') expect(KNOWN_COMMANDS).toContain(name);
  });
});

test('the settings that flags are compared with are those of the configuration file', () => {
  expect([...SETTINGS]).toEqual(expect.arrayContaining(['terraform-bin', 'server-port', 'gitlab-url']));
});
