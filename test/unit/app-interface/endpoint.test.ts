import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';

import { openEndpoint, type Endpoint, type EndpointOptions } from '../../../src/app-interface/endpoint.js';
import { createGraphqlClient } from '../../../src/app-interface/graphql-client.js';
import { parseConfig } from '../../../src/config/load.js';
import { Secret } from '../../../src/secret.js';
import { createWorld } from '../../../src/world.js';
import { smallBundle } from '../../support/small-bundle.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfrepair-test-'));
  await writeFile(join(folder, 'b.json'), smallBundle());
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function open(
  options: Partial<EndpointOptions>,
  { toml = '', env = {} }: { toml?: string; env?: Record<string, string> } = {},
): Promise<Endpoint> {
  const world = createWorld({ env, cwd: () => folder });
  return openEndpoint({ config: parseConfig(toml, 'config.toml'), world, ...options });
}

const FILE = '[graphql]\nserver = "https://gate.example/graphql"\ntoken = "Basic file"\n';

describe('an endpoint', () => {
  test.each([
    ['the flag', { graphql: 'https://flag.example/graphql' }, {}, 'https://flag.example/graphql'],
    ['the environment', {}, { TFREPAIR_GRAPHQL: 'http://env.example/graphql' }, 'http://env.example/graphql'],
    ['the file', {}, {}, 'https://gate.example/graphql'],
  ])('is the URL of %s', async (_where, options, env, url) => {
    const endpoint = await open(options, { toml: FILE, env });
    expect((await endpoint.address()).url).toBe(url);
  });

  test.each([
    ['the file, to the server of the file', {}, {}, 'Basic file'],
    ['the file, to another path of it', { graphql: 'https://gate.example/v2/graphql' }, {}, 'Basic file'],
    ['nobody, to another server', { graphql: 'https://evil.example/graphql' }, {}, undefined],
    ['nobody, to the same host in the clear', { graphql: 'http://gate.example/graphql' }, {}, undefined],
    [
      'the environment',
      { graphql: 'https://a.example' },
      { TFREPAIR_GRAPHQL_TOKEN: 'Basic env' },
      'Basic env',
    ],
    ['the caller', { token: new Secret('Basic own') }, { TFREPAIR_GRAPHQL_TOKEN: 'Basic env' }, 'Basic own'],
  ])('has the token of %s', async (_who, options, env, token) => {
    const endpoint = await open(options, { toml: FILE, env });
    expect((await endpoint.address()).token?.reveal()).toBe(token);
  });

  test.each([{ bundle: ['b.json'] }, { env: { TFREPAIR_BUNDLE: 'b.json' } }])(
    'answers from bundle files, and serves them to others without a token until it is closed',
    async ({ env = {}, ...options }) => {
      const endpoint = await open(options, { toml: FILE, env });
      const data = await endpoint.connect().query('{ roles_v1 { name } }', {}, v.unknown());
      expect(data).toEqual({ roles_v1: [{ name: 'cook' }] });
      const server = await endpoint.address();
      expect(server).not.toHaveProperty('token');
      expect(await endpoint.address()).toEqual(server);
      const sha = await createGraphqlClient(server, fetch).sha256();
      expect(sha).toBe(await endpoint.connect().sha256());
      await endpoint.close();
      await expect(createGraphqlClient(server, fetch).sha256()).rejects.toMatchObject({
        code: 'GraphqlUnreachable',
      });
    },
  );

  test.each([
    ['nothing is named', {}, '', 'NoSource'],
    ['two are named', { graphql: 'http://x', bundle: ['b.json'] }, '', 'TwoSources'],
    ['it is no URL', { graphql: 'gate.example' }, '', 'GraphqlUrlInvalid'],
    ['it is no web address', { graphql: 'file:///etc/passwd' }, '', 'GraphqlUrlInvalid'],
    ['it has a password in it', { graphql: 'https://me:secret@gate.example' }, '', 'GraphqlUrlInvalid'],
  ])('is refused when %s', async (_why, options, toml, code) => {
    const error: unknown = await open(options, { toml }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, exitCode: 2 });
    expect(String(error)).not.toContain('secret');
  });

  test('says what is wrong with data that it cannot serve', async () => {
    await expect(open({ bundle: ['none.json'] })).rejects.toMatchObject({ code: 'BundleUnreadable' });
    await expect(open({ appInterface: 'nowhere' })).rejects.toMatchObject({ code: 'BundleFolderMissing' });
  });
});
