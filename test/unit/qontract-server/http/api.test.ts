import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { startApi, type ApiUnderTest } from '../../../support/api.js';
import { loadedBundle } from '../../../support/small-bundle.js';

const older = loadedBundle({ commit: 'old', resources: { '/r': 'one' } });
const newer = loadedBundle({
  commit: 'new',
  roles: { '/roles/cook.yml': { name: 'cook', notes: 'hungry' }, '/roles/a/b.yml': { name: 'b' } },
  resources: { '/r': 'two' },
});
const [oldSha, newSha] = [older.bundle.sha256, newer.bundle.sha256];

let api: ApiUnderTest;

beforeEach(async () => {
  api = await startApi();
});

afterEach(async () => {
  await api.close();
});

function loadBoth(): void {
  api.registry.register(older);
  api.registry.register(newer);
}

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; text: string }> {
  const { status, text } = await api.ask(path, init);
  return { status, text };
}

describe('without data', () => {
  test.each(['/graphql', '/sha256', '/healthz', '/cache', '/git-commit', '/unknown'])(
    '%s says so',
    async (path) => {
      expect(await ask(path)).toEqual({ status: 503, text: 'No loaded data.' });
    },
  );

  test('a reload, the redirect and the metrics work', async () => {
    expect((await ask('/reload', { method: 'POST' })).status).toBe(200);
    expect((await ask('/')).status).toBe(302);
    expect((await ask('/metrics')).status).toBe(200);
  });
});

describe('about bundles', () => {
  beforeEach(loadBoth);

  test.each([
    ['/sha256', 200, newSha],
    ['/SHA256/', 200, newSha],
    ['/sha256?cache=no', 200, newSha],
    ['/git-commit', 200, 'new'],
    [`/git-commit/${oldSha}`, 200, 'old'],
    ['/git-commit/none', 404, 'Bundle none not found'],
    [`/git-commit/${'x'.repeat(500)}`, 404, `Bundle ${'x'.repeat(500)} not found`],
    ['/git-commit-info', 200, '{"commit":"new","timestamp":"1700000000"}'],
    [`/git-commit-info/${oldSha}`, 200, '{"commit":"old","timestamp":"1700000000"}'],
    ['/git-commit-info/none', 404, 'Bundle none not found'],
    ['/healthz', 200, ''],
  ])('GET %s answers %i', async (path, status, text) => {
    expect(await ask(path)).toEqual({ status, text });
  });

  test('the cache lists both bundles and when they expire', async () => {
    const { text } = await ask('/cache');
    expect(JSON.parse(text)).toEqual({
      bundleCache: [oldSha, newSha].map((sha) => ({ sha, expiration: expect.any(Number) })),
      bundles: [oldSha, newSha],
      routerStack: 2,
      searchableFields: [oldSha, newSha],
    });
  });

  test('/ leads to /graphql', async () => {
    const response = await fetch(`${api.origin}/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql']);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const response = await fetch(`${api.origin}/sha256`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '64']);
    expect(await response.text()).toBe('');
  });
});

describe('a reload', () => {
  beforeEach(loadBoth);

  test('that worked has an empty answer', async () => {
    expect(await ask('/reload', { method: 'POST' })).toEqual({ status: 200, text: '' });
  });

  test('that failed keeps what is served, and says so', async () => {
    api.reload = () => Promise.resolve(false);
    const text = 'error parsing bundle, not replacing';
    expect(await ask('/reload', { method: 'POST' })).toEqual({ status: 503, text });
    expect((await ask('/sha256')).text).toBe(newSha);
  });

  test('is only a POST', async () => {
    expect((await ask('/reload')).status).toBe(404);
  });
});

describe('a difference', () => {
  beforeEach(loadBoth);

  test('between two bundles has every changed file', async () => {
    const { status, text } = await ask(`/diff/${oldSha}/${newSha}`);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      datafiles: {
        '/roles/cook.yml': {
          datafilepath: '/roles/cook.yml',
          datafileschema: '/access/role-1.yml',
          old: { $schema: '/access/role-1.yml', path: '/roles/cook.yml', name: 'cook' },
          new: { $schema: '/access/role-1.yml', path: '/roles/cook.yml', name: 'cook', notes: 'hungry' },
        },
        '/roles/a/b.yml': {
          datafilepath: '/roles/a/b.yml',
          datafileschema: '/access/role-1.yml',
          new: { $schema: '/access/role-1.yml', path: '/roles/a/b.yml', name: 'b' },
        },
      },
      resources: {
        '/r': {
          resourcepath: '/r',
          old: expect.objectContaining({ content: 'one' }),
          new: expect.objectContaining({ content: 'two' }),
        },
      },
    });
  });

  test('between a bundle and itself is empty', async () => {
    expect((await ask(`/diff/${oldSha}/${oldSha}`)).text).toBe('{"datafiles":{},"resources":{}}');
  });

  test.each([
    [`/diff/none/${newSha}`, 404, 'Bundle none not found'],
    [`/diff/${oldSha}/none`, 404, 'Bundle none not found'],
    [`/diff/none/${newSha}/datafile/x`, 404, 'Bundle none not found'],
    [`/diff/${oldSha}/${newSha}/datafile/x`, 404, 'datafile not found'],
    [`/diff/${oldSha}/${newSha}/datafile`, 404, 'datafile not found'],
    [`/diff/${oldSha}/${newSha}/resourcefile/x`, 404, 'resourcefile not found'],
    [`/diff/${oldSha}/${newSha}/folder/x`, 400, 'unknown filetype folder'],
    [`/diff/${oldSha}/${newSha}/datafile/%zz`, 400, 'Bad Request'],
  ])('GET %s answers %i', async (path, status, text) => {
    expect(await ask(path)).toEqual({ status, text });
  });

  test('of one file has both sides, also for a path of many parts', async () => {
    const { status, text } = await ask(`/diff/${oldSha}/${newSha}/datafile/roles/a/b.yml`);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      datafilepath: '/roles/a/b.yml',
      datafileschema: '/access/role-1.yml',
      new: { $schema: '/access/role-1.yml', path: '/roles/a/b.yml', name: 'b' },
    });
  });
});

describe('what is not there', () => {
  beforeEach(loadBoth);

  test.each([
    ['GET', '/unknown'],
    ['POST', '/sha256'],
    ['PUT', '/sha256'],
    ['GET', '//sha256'],
    ['POST', '/graphqlsha/none'],
    ['GET', '/graphqlsha/'],
    ['PROPFIND', '/sha256'],
  ])('%s %s gets the page that Express has for it', async (method, path) => {
    const { status, text } = await ask(path, { method });
    expect(status).toBe(404);
    expect(text).toContain(`<pre>Cannot ${method} ${path}</pre>`);
  });

  test('is named without becoming part of the page', async () => {
    expect((await ask("/<script>'&")).text).not.toContain('<script>');
  });

  test('OPTIONS names the methods that are there', async () => {
    const response = await fetch(`${api.origin}/sha256`, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('allow')]).toEqual([200, 'GET, HEAD']);
  });
});

describe('what is reported', () => {
  beforeEach(loadBoth);

  test('is each request with its route, not with its path', async () => {
    await ask(`/git-commit/${oldSha}`);
    await ask('/unknown');
    expect(api.requests).toMatchObject([
      { method: 'GET', path: '/git-commit/:sha', target: `/git-commit/${oldSha}`, status: 200 },
      { method: 'GET', path: '*', target: '/unknown', status: 404 },
    ]);
  });

  test('is a failure inside the server, of which the client only learns that it happened', async () => {
    api.reload = () => Promise.reject(new Error('disk on fire'));
    expect(await ask('/reload', { method: 'POST' })).toEqual({ status: 500, text: 'Internal Server Error' });
    expect(api.failures).toEqual([new Error('disk on fire')]);
  });

  test('is in the metrics, under the names of the real server', async () => {
    await ask(`/git-commit/${oldSha}`);
    await ask('/graphqlsha/none', { method: 'POST' });
    const { text } = await ask('/metrics');
    expect(text).toContain(
      'http_request_duration_seconds_count{status_code="2xx",method="GET",path="/git-commit/#sha"} 1',
    );
    expect(text).toContain('{status_code="4xx",method="POST",path="/graphqlsha/#sha"} 1');
    expect(text).toContain('qontract_server_datafiles{schema="/access/role-1.yml"} 2');
    expect(text).toContain('qontract_server_bundle_object_shas 2');
    expect(text).toContain('qontract_server_bundle_cache_object_shas 2');
    expect(text).toMatch(/^qontract_server_process_cpu_seconds_total /m);
    expect(text).toMatch(/^qontract_server_reloads_total 0$/m);
  });
});
