import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { CodeHost } from '../../../src/clients/code-host.js';
import { configFileReader } from '../../../src/credentials/secret-reader.js';
import { parseConfig } from '../../../src/config/load.js';
import { codeHostAccess } from '../../../src/outside/code-hosts.js';
import { commitLookup, type CodeHostAccess } from '../../../src/outside/commits.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';

const SHA = '5e1f0c9a7b3d2486e0f1a2b3c4d5e6f708192a3b';
const { secrets } = parseConfig('[creds.hub]\ntoken = "hub"\n[creds.lab]\ntoken = "lab"\n', 'config.toml');
const reader = configFileReader(secrets, 'config.toml');
const hub = { path: 'creds/hub', field: 'token' };
const lab = { url: 'https://gitlab.example.com', token: { path: 'creds/lab', field: 'token' } };

describe('the commit of a ref', () => {
  let server: TestServer;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    server = await startTestServer(({ url }) => ({
      status: 200,
      body: url.pathname.startsWith('/api/v4') ? [{ id: `lab ${SHA}` }] : { sha: `hub ${SHA}` },
    }));
  });
  afterEach(() => server.close());

  const access: CodeHostAccess = (kind) => {
    asked.push(kind);
    return Promise.resolve({ api: server.origin, token: undefined, fetch });
  };

  test.each([
    ['https://github.com/example/worker', `hub ${SHA}`, '/repos/example/worker/commits/main'],
    ['https://github.com/example/worker.git', `hub ${SHA}`, '/repos/example/worker/commits/main'],
    ['https://github.com/example/worker/', `hub ${SHA}`, '/repos/example/worker/commits/main'],
    ['https://gitlab.example.com/a/b/c', `lab ${SHA}`, '/api/v4/projects/a%2Fb%2Fc/repository/commits'],
  ])('of %s is looked up there', async (url, commit, path) => {
    expect(await commitLookup(access)(url, 'main')).toBe(commit);
    expect(server.requests[0]).toContain(`GET ${path}`);
  });

  test.each([
    ['that is a full sha is itself', 'https://github.com/example/worker', SHA, SHA],
    ['of an unknown host is none', 'https://git.example.com/worker', 'main', ''],
  ])('%s, and nobody is asked', async (_what, url, ref, commit) => {
    expect(await commitLookup(access)(url, ref)).toBe(commit);
    expect(asked).toEqual([]);
  });
});

describe('access to a code host', () => {
  const options = { env: {}, fetch };
  const told = ({ api, token }: CodeHost): unknown[] => [api, token?.reveal()];

  test("is by app-interface's own tokens, which are asked for once", async () => {
    let count = 0;
    const tokens = (): Promise<{ github: typeof hub; gitlab: typeof lab }> => {
      count += 1;
      return Promise.resolve({ github: hub, gitlab: lab });
    };
    const access = codeHostAccess(tokens, reader, options);
    expect(told(await access('github'))).toEqual(['https://api.github.com', 'hub']);
    expect(told(await access('gitlab'))).toEqual(['https://gitlab.example.com', 'lab']);
    expect(count).toBe(1);
  });

  test('is possible without a token, or a secret store', async () => {
    const nothing = () => Promise.resolve({ github: undefined, gitlab: undefined });
    const env = { GITHUB_API: 'https://github.example.com/api/v3' };
    const access = codeHostAccess(nothing, reader, { env, fetch });
    expect(told(await access('github'))).toEqual(['https://github.example.com/api/v3', undefined]);
    const both = () => Promise.resolve({ github: hub, gitlab: lab });
    const withoutStore = codeHostAccess(both, undefined, options);
    expect(told(await withoutStore('gitlab'))).toEqual(['https://gitlab.example.com', undefined]);
  });

  test('needs a GitLab to be named', async () => {
    const nothing = () => Promise.resolve({ github: hub, gitlab: undefined });
    await expect(codeHostAccess(nothing, reader, options)('gitlab')).rejects.toMatchObject({
      code: 'CodeHostUnknown',
    });
  });
});
