import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { CodeHostAccess } from '../../../src/outside/commits.js';
import { localZip } from '../../../src/outside/zips.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';

const LATEST = 'repos/example/tool/releases/latest';

let folder: string;
let server: TestServer;
let tag: string;
let asset: string;
let status: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfrepair-zips-'));
  [tag, asset, status] = ['v1', 'tool.zip', 200];
  server = await startTestServer(({ url }) => {
    if (url.pathname.startsWith('/download/')) return { status, body: `zip of ${tag}` };
    const assets = [{ browser_download_url: `${server.origin}/download/${asset}` }];
    return { status: 200, body: { tag_name: tag, assets } };
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const access: CodeHostAccess = () => Promise.resolve({ api: server.origin, token: undefined, fetch });

function zip(release: string): Promise<string> {
  return localZip({ kind: 'zip', release, folder: 'repository' }, access, folder);
}

describe("a lambda's zip", () => {
  test('is the asset of the release, for its owner alone', async () => {
    const file = await zip(LATEST);
    expect(await readFile(file, 'utf8')).toBe('zip of v1');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('is loaded once for each release, and stays where it was', async () => {
    const first = await zip(LATEST);
    expect(await zip(LATEST)).toBe(first);
    expect(server.requests.filter((request) => request.includes('/download/'))).toHaveLength(1);
    tag = 'v2';
    expect(await readFile(await zip(LATEST), 'utf8')).toBe('zip of v2');
    expect(await readFile(first, 'utf8')).toBe('zip of v1');
  });

  test.each([
    ['https://github.com/example/tool/releases/latest', LATEST],
    ['https://github.com/example/tool/releases/tag/v1.2', 'repos/example/tool/releases/tags/v1.2'],
    ['repos/example/tool/releases/tags/v1', 'repos/example/tool/releases/tags/v1'],
  ])('of %s is asked for by its API path', async (release, path) => {
    await zip(release);
    expect(server.requests[0]).toBe(`GET /${path}`);
  });

  test('leaves nothing behind when it cannot be loaded', async () => {
    status = 503;
    await expect(zip(LATEST)).rejects.toMatchObject({
      code: 'AnswerUnusable',
      message: "github gave the release's zip with status 503",
    });
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(entries.filter((entry) => entry.isFile())).toEqual([]);
  });

  test.each([
    ['../../v1', 'tool.zip'],
    ['..', '%2e%2e%2ftool.zip'],
    ['v1', '.hidden'],
  ])('of the release %s named %s stays below the folder', async (hostileTag, hostileAsset) => {
    [tag, asset] = [hostileTag, hostileAsset];
    const file = await zip(LATEST);
    expect(relative(folder, file).split('/')).toHaveLength(3);
    expect(relative(folder, file)).not.toMatch(/(^|\/)\.\.?(\/|$)/);
    expect(await readFile(file, 'utf8')).toBe(`zip of ${tag}`);
  });
});
