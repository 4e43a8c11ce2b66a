import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { configText, targetOf, writeConfig } from '../../../src/rendering/write-configs.js';

const DOCUMENT = { terraform: { required_version: '1.11.4' } };

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tfrepair-out-'));
  await mkdir(join(home, 'there'));
  await writeFile(join(home, 'file'), 'old');
});
afterEach(() => rm(home, { recursive: true }));

describe('what --out means', () => {
  test('- is stdout', async () => {
    expect(await targetOf('-', false)).toEqual({ kind: 'stdout' });
  });

  test.each([
    ['an existing folder', 'there', { kind: 'folder', folder: 'there' }],
    ['a name that ends in /', 'new/', { kind: 'folder', folder: 'new' }],
    ['another name', 'new.json', { kind: 'file', file: 'new.json' }],
    ['an existing file', 'file', { kind: 'file', file: 'file' }],
  ])('%s', async (_what, name, target) => {
    const { kind, ...place } = target;
    const [[key, value] = ['', '']] = Object.entries(place);
    expect(await targetOf(join(home, '/', name), false)).toEqual({ kind, [key]: join(home, value) });
  });

  test.each(['-', 'new.json', 'file'])('%s cannot take several accounts', async (name) => {
    const out = name === '-' ? name : join(home, name);
    await expect(targetOf(out, true)).rejects.toMatchObject({
      code: 'OutAmbiguous',
      hint: 'give --out DIR/',
    });
  });

  test('a folder can take several accounts', async () => {
    expect(await targetOf(join(home, 'there'), true)).toMatchObject({ kind: 'folder' });
  });
});

describe('a config is written', () => {
  test('into a file, for its owner alone, in place of what was there', async () => {
    const target = { kind: 'file', file: join(home, 'file') } as const;
    expect(await writeConfig(DOCUMENT, target, undefined)).toBe(target.file);
    expect(await readFile(target.file, 'utf8')).toBe(configText(DOCUMENT));
    expect((await stat(target.file)).mode & 0o777).toBe(0o600);
    expect((await readdir(home)).sort()).toEqual(['file', 'there']);
  });

  test.each([
    ['of the only account', undefined, 'config.tf.json'],
    ['of one of several', 'acme-stage', 'acme-stage/config.tf.json'],
  ])('into a folder: %s', async (_what, account, path) => {
    const folder = join(home, 'new');
    const file = await writeConfig(DOCUMENT, { kind: 'folder', folder }, account);
    expect(file).toBe(join(folder, path));
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(DOCUMENT);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test.each(['..', '../up', 'a/b', '', '.hidden', 'a\0b'])(
    'nowhere else, whatever the account is called: %j',
    async (account) => {
      const failure = writeConfig(DOCUMENT, { kind: 'folder', folder: join(home, 'new') }, account);
      await expect(failure).rejects.toMatchObject({
        code: 'OutUnwritable',
        message: `the account name ${JSON.stringify(account)} cannot be a folder's name`,
      });
      expect(await readdir(home)).not.toContain('new');
    },
  );

  test('or it is said why not', async () => {
    const file = join(home, 'file', 'below');
    await expect(writeConfig(DOCUMENT, { kind: 'file', file }, undefined)).rejects.toMatchObject({
      code: 'OutUnwritable',
      message: expect.stringContaining(`cannot write ${file}: `),
    });
  });
});
