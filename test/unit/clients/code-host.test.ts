import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { githubCommit, githubRelease, gitlabCommit, type CodeHost } from '../../../src/clients/code-host.js';
import { Secret } from '../../../src/secret.js';
import { startTestServer, type HttpAnswer, type TestServer } from '../../support/http-server.js';

const SHA = '5e1f0c9a7b3d2486e0f1a2b3c4d5e6f708192a3b';
const COMMITS = '/repos/example/worker/commits/feature%2Fone';
const PROJECT = '/api/v4/projects/group%2Fworker/repository/commits?ref_name=feature%2Fone&per_page=1';
const ASSETS = [{ browser_download_url: 'https://github.com/a.zip' }, { browser_download_url: 'https://b' }];

let server: TestServer;
/** By path and query. */
let answers: Record<string, HttpAnswer>;

beforeEach(async () => {
  answers = {
    [COMMITS]: { status: 200, body: { sha: SHA } },
    [PROJECT]: { status: 200, body: [{ id: SHA }] },
    '/repos/example/tool/releases/latest': { status: 200, body: { tag_name: 'v1', assets: ASSETS } },
  };
  server = await startTestServer(({ url, headers }) => {
    const token = headers['private-token'] ?? headers.authorization;
    if (!['example', 'token example'].includes(String(token))) return { status: 401 };
    return answers[`${url.pathname}${url.search}`] ?? { status: 404 };
  });
});
afterEach(() => server.close());

function host(token: string | undefined = 'example', path = ''): CodeHost {
  return { api: server.origin + path, token: new Secret(token), fetch };
}

describe('the newest commit of a branch', () => {
  test('is told by GitHub, by its token', async () => {
    expect(await githubCommit(host(), 'example/worker', 'feature/one')).toBe(SHA);
    expect(server.requests).toEqual([`GET ${COMMITS}`]);
  });

  test('is told by GitLab, by its own kind of token', async () => {
    expect(await gitlabCommit(host('example', '/'), 'group/worker', 'feature/one')).toBe(SHA);
    expect(server.requests).toEqual([`GET ${PROJECT}`]);
  });

  test('is asked for without a token when there is none', async () => {
    const anonymous: CodeHost = { api: server.origin, token: undefined, fetch };
    await expect(githubCommit(anonymous, 'example/worker', 'main')).rejects.toThrow('with status 401');
    await expect(gitlabCommit(anonymous, 'group/worker', 'main')).rejects.toThrow('with status 401');
  });

  test.each([
    ['a branch without commits', PROJECT, []],
    ['another shape', PROJECT, { id: SHA }],
    ['no JSON', PROJECT, '<html>'],
  ])('is not made up from %s', async (_what, path, body) => {
    answers[path] = { status: 200, body };
    await expect(gitlabCommit(host(), 'group/worker', 'feature/one')).rejects.toMatchObject({
      code: 'AnswerUnusable',
      message: 'gitlab answered with status 200 and not as expected',
    });
  });
});

describe('a release', () => {
  test('is known by its tag and its first asset', async () => {
    expect(await githubRelease(host(), 'repos/example/tool/releases/latest')).toEqual({
      tag: 'v1',
      asset: 'https://github.com/a.zip',
    });
  });

  test.each([
    ['no asset', { tag_name: 'v1', assets: [] }],
    ['an asset without an address', { tag_name: 'v1', assets: [{ browser_download_url: 'no address' }] }],
  ])('with %s is of no use', async (_what, body) => {
    answers['/repos/example/tool/releases/latest'] = { status: 200, body };
    await expect(githubRelease(host(), 'repos/example/tool/releases/latest')).rejects.toMatchObject({
      code: 'AnswerUnusable',
    });
  });

  test('that is not there is named, without the token', async () => {
    const missing = githubRelease(host('example'), 'repos/example/none/releases/latest');
    await expect(missing).rejects.toThrow(
      /^github answered repos\/example\/none\/releases\/latest with status 404$/,
    );
  });
});
