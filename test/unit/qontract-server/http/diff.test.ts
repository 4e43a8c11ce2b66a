import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import microdiff from 'microdiff';

import type { Bundle } from '../../../../src/qontract-server/bundle/bundle.js';
import {
  changedDatafiles,
  changedResources,
  diffDatafile,
  diffResource,
} from '../../../../src/qontract-server/http/diff.js';
import { loadedBundle, type SmallBundle } from '../../../support/small-bundle.js';

function bundleOf(parts: SmallBundle): Bundle {
  return loadedBundle(parts).bundle;
}

const base = bundleOf({
  roles: {
    '/a.yml': { name: 'a' },
    '/b.yml': { name: 'b', tags: [1, { x: 2 }] },
    '/gone.yml': { name: 'gone' },
  },
  resources: { '/same': 'same', '/changed': 'old', '/gone': 'gone' },
});
const head = bundleOf({
  roles: {
    '/new.yml': { name: 'new' },
    '/b.yml': { tags: [1, { x: 3 }], name: 'b' },
    '/a.yml': { name: 'a' },
  },
  resources: { '/same': 'same', '/changed': 'new', '/new': 'new' },
});

describe('the difference between two bundles', () => {
  test('has changed, removed and added datafiles, and none that only moved', () => {
    const changes = [...changedDatafiles(base, head)];
    expect(changes).toEqual([
      {
        datafilepath: '/b.yml',
        datafileschema: '/access/role-1.yml',
        old: base.datafiles.get('/b.yml'),
        new: head.datafiles.get('/b.yml'),
      },
      {
        datafilepath: '/gone.yml',
        datafileschema: '/access/role-1.yml',
        old: base.datafiles.get('/gone.yml'),
      },
      { datafilepath: '/new.yml', datafileschema: '/access/role-1.yml', new: head.datafiles.get('/new.yml') },
    ]);
  });

  test('has resources whose checksum differs', () => {
    const paths = [...changedResources(base, head)].map(({ resourcepath }) => resourcepath);
    expect(paths).toEqual(['/changed', '/gone', '/new']);
  });

  test('names the schema that the datafile has now, else the one it had', () => {
    const before = bundleOf({ roles: { '/a.yml': { $schema: '/old-1.yml' } } });
    const after = bundleOf({ roles: { '/a.yml': { $schema: '/new-1.yml' } } });
    const none = bundleOf({ roles: {} });
    expect(diffDatafile(before, after, '/a.yml')?.datafileschema).toBe('/new-1.yml');
    expect(diffDatafile(before, none, '/a.yml')?.datafileschema).toBe('/old-1.yml');
  });

  test('of one file shows it also when it is the same, and nothing for a file that neither has', () => {
    expect(diffResource(base, head, '/same')).toMatchObject({
      old: { content: 'same' },
      new: { content: 'same' },
    });
    expect(diffDatafile(base, head, '/nowhere')).toBeUndefined();
    expect(diffResource(base, head, '/nowhere')).toBeUndefined();
  });

  test('finds the datafiles that microdiff finds', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    const fields = fc.dictionary(fc.constantFrom('x', 'y'), json);
    const roles = fc.dictionary(fc.constantFrom('/1', '/2', '/3'), fields);
    fc.assert(
      fc.property(roles, roles, (one, two) => {
        const [before, after] = [bundleOf({ roles: one }), bundleOf({ roles: two })];
        const differences = microdiff(
          Object.fromEntries(before.datafiles),
          Object.fromEntries(after.datafiles),
        );
        const expected = new Set(differences.map(({ path }) => path[0]));
        expect(new Set([...changedDatafiles(before, after)].map((change) => change.datafilepath))).toEqual(
          expected,
        );
      }),
    );
  });
});
