import { delimiter, resolve } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { parseConfig } from '../../../../src/config/load.js';
import {
  choiceFromConfig,
  choiceFromEnvironment,
  decideSource,
  openSource,
} from '../../../../src/qontract-server/sources/choose.js';
import { createWorld } from '../../../../src/world.js';

const world = createWorld({ env: {}, cwd: () => '/home/me' });

describe('the source of data', () => {
  test('is the first one named', () => {
    expect(decideSource([{}, { bundle: ['b'] }, { graphql: 'http://x' }])).toEqual({ bundle: ['b'] });
  });

  test('is none when nobody names one', () => {
    expect(decideSource([{ schemas: 'only schemas' }, { bundle: [] }])).toBeUndefined();
  });

  test('is looked at with the first schemas that anybody names', () => {
    const choices = [
      { appInterface: 'a' },
      { schemas: 'from env' },
      { appInterface: 'b', schemas: 'from file' },
    ];
    expect(decideSource(choices)).toEqual({ appInterface: 'a', schemas: 'from env' });
  });

  test.each([
    [{ bundle: ['b'], appInterface: 'a' }, '--bundle and --app-interface'],
    [{ graphql: 'http://x', bundle: ['b'] }, '--graphql and --bundle'],
    [{ graphql: 'http://x', appInterface: 'a', bundle: ['b'] }, '--graphql and --bundle and --app-interface'],
  ])('cannot be two at once', (choice, names) => {
    expect(() => decideSource([choice])).toThrow(`${names} cannot be used together`);
  });

  test('is in the environment under the names of the flags', () => {
    const env = {
      TFREPAIR_GRAPHQL: 'http://x',
      TFREPAIR_BUNDLE: ['a.json', 'b.json'].join(delimiter),
      TFREPAIR_APP_INTERFACE: 'dir',
      TFREPAIR_SCHEMAS: '',
    };
    expect(choiceFromEnvironment(env)).toEqual({
      graphql: 'http://x',
      bundle: ['a.json', 'b.json'],
      appInterface: 'dir',
      schemas: undefined,
    });
  });

  test('is in the configuration file, where a server goes before a checkout', () => {
    const checkout = '[tfrepair]\napp_interface = "dir"\nschemas = "sch"\n';
    const server = '[graphql]\nserver = "http://x/graphql"\n';
    expect(choiceFromConfig(parseConfig(checkout, 'c.toml'))).toEqual({
      appInterface: 'dir',
      schemas: 'sch',
    });
    expect(choiceFromConfig(parseConfig(server + checkout, 'c.toml'))).toEqual({
      graphql: 'http://x/graphql',
      schemas: 'sch',
    });
  });
});

describe('the files of a source', () => {
  test('are the bundle files, from the working directory', async () => {
    const source = openSource({ bundle: ['a.json', '/b.json'] }, world);
    expect(await source?.paths()).toEqual([resolve('/home/me/a.json'), resolve('/b.json')]);
  });

  test('are the folders that make a bundle', async () => {
    const paths = await openSource({ appInterface: 'ai', schemas: '../qs' }, world)?.paths();
    const expected = ['me/ai/data', 'me/ai/resources', 'qs/schemas', 'qs/graphql-schemas'];
    expect(paths).toEqual(expected.map((path) => resolve('/home', path)));
  });

  test('are none for a running server', () => {
    expect(openSource({ graphql: 'http://x' }, world)).toBeUndefined();
  });
});
