import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { FailedError } from '../../../../src/errors.js';
import { buildBundle, type BuiltBundle } from '../../../../src/qontract-server/bundler/build-bundle.js';
import { createWorld } from '../../../../src/world.js';
import { SMALL_CHECKOUT, writeFiles } from '../../../support/checkout.js';

const FIXTURE = fileURLToPath(new URL('../../../fixtures/bundler/', import.meta.url));
const COMMIT = { hash: '1234567890abcdef1234567890abcdef12345678', timestamp: '1700000000' };

const build = (appInterface: string, schemas?: string): Promise<BuiltBundle> =>
  buildBundle({ appInterface, schemas, commit: COMMIT, world: createWorld(process) });

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tfrepair-bundle-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('buildBundle', () => {
  test('makes what the real bundler makes of the same checkout, byte for byte', async () => {
    const { bytes, datafiles, resources, warnings } = await build(join(FIXTURE, 'checkout'));
    expect(bytes.toString()).toBe(readFileSync(join(FIXTURE, 'bundle.json'), 'utf8'));
    expect({ datafiles, resources, warnings }).toEqual({ datafiles: 9, resources: 6, warnings: [] });
  });

  test('makes the same of the same files, whatever order they were written in and wherever they are', async () => {
    writeFiles(join(root, 'a'), SMALL_CHECKOUT);
    writeFiles(join(root, 'b'), Object.fromEntries(Object.entries(SMALL_CHECKOUT).reverse()));
    const [a, b] = await Promise.all([build(join(root, 'a')), build(join(root, 'b'))]);
    expect(a.bytes).toEqual(b.bytes);
  });

  test('takes the schemas from the checkout that is named for them', async () => {
    const {
      'schemas/app-1.yml': schema = '',
      'graphql-schemas/schema.yml': graphql = '',
      ...own
    } = SMALL_CHECKOUT;
    writeFiles(join(root, 'all'), SMALL_CHECKOUT);
    writeFiles(join(root, 'own'), own);
    writeFiles(join(root, 'theirs'), { 'schemas/app-1.yml': schema, 'graphql-schemas/schema.yml': graphql });
    const split = await build(join(root, 'own'), join(root, 'theirs'));
    expect(split.bytes).toEqual((await build(join(root, 'all'))).bytes);
  });

  test('names a commit of zeros where there is no git repository', async () => {
    writeFiles(root, SMALL_CHECKOUT);
    const bundle = await buildBundle({ appInterface: root, world: createWorld(process) });
    expect(bundle).toMatchObject({ gitCommit: '0'.repeat(40), gitCommitTimestamp: '0', warnings: [] });
    expect(JSON.parse(bundle.bytes.toString())).toMatchObject({
      git_commit: '0'.repeat(40),
      git_commit_timestamp: '0',
    });
  });

  test('warns of datafiles whose schema is missing', async () => {
    writeFiles(root, {
      ...SMALL_CHECKOUT,
      'data/a.yml': '$schema: /team-1.yml\n',
      'data/b.yml': '$schema: /team-1.yml\n',
    });
    expect((await build(root)).warnings).toEqual([
      `data/a.yml has the schema /team-1.yml, which is not in ${join(root, 'schemas')} (and 1 more such datafiles)`,
    ]);
  });

  test.each([
    ['data', 'name an app-interface checkout'],
    ['resources', 'name an app-interface checkout'],
    ['schemas', 'name a qontract-schemas checkout'],
    ['graphql-schemas', 'name a qontract-schemas checkout'],
  ])('a missing %s folder is named', async (folder, hint) => {
    writeFiles(root, SMALL_CHECKOUT);
    rmSync(join(root, folder), { recursive: true });
    const error: unknown = await build(root).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'BundleFolderMissing', hint: expect.stringContaining(hint) });
    expect(String(error)).toContain(join(root, folder));
  });

  test.each<[what: string, file: string, content: string | Buffer, message: string]>([
    ['broken YAML', 'data/a.yml', 'a: [1\n', ':1:4: the bracket that opens here is not closed'],
    ['broken JSON', 'data/a.json', '{', ':1:1: not JSON'],
    ['a date', 'data/a.yml', '$schema: /a\nsince: 2024-01-31\n', ':2:8: since is a date (2024-01-31)'],
    ['a list', 'data/a.yml', '- 1\n', ': not a mapping of keys to values'],
    ['text', 'data/a.yml', 'text\n', ': not a mapping of keys to values'],
    ['keys of numbers', 'data/a.yml', '1: a\n', ': not a mapping of keys to values'],
    ['a datafile that is no text', 'data/a.yml', Buffer.from([0x61, 0x3a, 0x20, 0xff]), ': not UTF-8 text'],
    ['a resource that is no text', 'resources/a.png', Buffer.from([0x89, 0x50]), ': not UTF-8 text'],
    ['a schema without $schema', 'schemas/a.yml', 'properties: {}\n', ': a schema without $schema'],
    [
      'a schema without properties',
      'schemas/a.yml',
      '$schema: /metaschema-1.json\n',
      ': a schema of datafiles without properties',
    ],
    [
      'two documents',
      'graphql-schemas/schema.yml',
      'a: 1\n---\nb: 2\n',
      ':2:1: a second document begins here',
    ],
    ['an empty GraphQL schema', 'graphql-schemas/schema.yml', '# later\n', ': no list of GraphQL types'],
  ])('%s is refused, and the file is named', async (_what, file, content, message) => {
    writeFiles(root, { ...SMALL_CHECKOUT, [file]: content });
    const error: unknown = await build(root).catch((thrown: unknown) => thrown);
    if (!(error instanceof FailedError)) throw error;
    expect(error.code).toBe('BundleSource');
    expect(error.message).toContain(join(root, file) + message);
  });

  describe('symbolic links', () => {
    const secret = (): string => join(root, 'secret.yml');
    const checkout = (): string => join(root, 'checkout');
    beforeEach(() => {
      writeFiles(root, { 'secret.yml': 'name: secret\n' });
      writeFiles(checkout(), SMALL_CHECKOUT);
    });

    test.each(['data/link.yml', 'resources/link'])('%s must not lead out of the checkout', async (name) => {
      symlinkSync(secret(), join(checkout(), name));
      await expect(build(checkout())).rejects.toMatchObject({
        code: 'BundleSource',
        message: expect.stringContaining(`${name}: this symbolic link leads out of`),
      });
    });

    test('a link that leads nowhere is named', async () => {
      symlinkSync('absent.yml', join(checkout(), 'data/link.yml'));
      await expect(build(checkout())).rejects.toThrow('data/link.yml: this symbolic link leads nowhere');
    });

    test('links to folders are not followed', async () => {
      const before = await build(checkout());
      mkdirSync(join(root, 'elsewhere'));
      symlinkSync(join(root, 'elsewhere'), join(checkout(), 'resources/folder'));
      expect((await build(checkout())).bytes).toEqual(before.bytes);
    });
  });
});
