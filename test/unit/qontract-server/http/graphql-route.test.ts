import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { startApi, type ApiUnderTest, type Reply } from '../../../support/api.js';
import { loadedBundle } from '../../../support/small-bundle.js';

const older = loadedBundle({ commit: 'old', roles: { '/cook.yml': { name: 'old cook' } } });
const newer = loadedBundle({ commit: 'new', roles: { '/cook.yml': { name: 'cook' } } });
const QUERY = '{ roles_v1 { name } }';
const COOK = { data: { roles_v1: [{ name: 'cook' }] }, extensions: { schemas: ['/access/role-1.yml'] } };

let api: ApiUnderTest;

beforeEach(async () => {
  api = await startApi();
  api.registry.register(older);
  api.registry.register(newer);
});

afterEach(async () => {
  await api.close();
});

function get(parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
  return api.ask(`/graphql?${new URLSearchParams(parameters).toString()}`, { headers });
}

describe('a query', () => {
  test('by POST is answered from the latest bundle', async () => {
    const { status, headers, text } = await api.post(JSON.stringify({ query: QUERY }));
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(text)).toEqual(COOK);
  });

  test('by GET is answered from the latest bundle', async () => {
    const reply = await get({ query: QUERY });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toEqual(COOK);
  });

  test.each(['', '/', '/anything', '?x=1'])('names its bundle by the checksum (then %j)', async (suffix) => {
    const path = `/graphqlsha/${older.bundle.sha256}${suffix}`;
    const { text } = await api.post(JSON.stringify({ query: QUERY }), {}, path);
    expect(JSON.parse(text)).toMatchObject({ data: { roles_v1: [{ name: 'old cook' }] } });
  });

  test('takes variables and the name of the operation', async () => {
    const query = 'query A($n: String) { roles_v1(name: $n) { name } } query B { roles_v1 { path } }';
    const none = { query, variables: { n: 'nobody' }, operationName: 'A' };
    expect(JSON.parse((await api.post(JSON.stringify(none))).text)).toMatchObject({ data: { roles_v1: [] } });
    const inUrl = { query, variables: '{"n":"cook"}', operationName: 'A' };
    expect(JSON.parse((await get(inUrl)).text)).toEqual(COOK);
  });

  test('takes null for variables, extensions and the name of the operation', async () => {
    const reply = await api.post(
      JSON.stringify({ query: QUERY, variables: null, extensions: null, operationName: null }),
    );
    expect(JSON.parse(reply.text)).toEqual(COOK);
  });

  test('may be compressed', async () => {
    const reply = await api.post(gzipSync(JSON.stringify({ query: QUERY })), { 'content-encoding': 'gzip' });
    expect(JSON.parse(reply.text)).toEqual(COOK);
  });

  test('keeps its bundle from expiring', async () => {
    const before = api.registry.expirations();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await api.post(JSON.stringify({ query: QUERY }), {}, `/graphqlsha/${older.bundle.sha256}`);
    const [first, second] = api.registry.expirations();
    expect(first?.expiration).toBeGreaterThan(before[0]?.expiration ?? Infinity);
    expect(second).toEqual(before[1]);
  });
});

describe('the answer', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])(
    'to %s is that only GET and POST will do',
    async (method) => {
      const reply = await api.ask('/graphql', { method });
      expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET, POST']);
    },
  );

  test.each([
    ['*/*', 200, 'application/json; charset=utf-8'],
    ['application/*', 200, 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 200, 'application/graphql-response+json; charset=utf-8'],
    [
      'application/json;q=0.5, application/graphql-response+json',
      200,
      'application/graphql-response+json; charset=utf-8',
    ],
    ['text/plain', 406, 'application/json; charset=utf-8'],
    ['application/json;q=0, text/*', 406, 'application/json; charset=utf-8'],
  ])('to a client that accepts %s has status %i', async (accept, status, type) => {
    const reply = await api.post(JSON.stringify({ query: QUERY }), { accept });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, type]);
  });

  test('to a browser is a page that loads nothing from elsewhere', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const response = await fetch(`${api.origin}/graphql`, { headers: { accept } });
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    const page = await response.text();
    expect(page).toContain(newer.bundle.sha256);
    expect(page).not.toMatch(/https?:/);
  });
});
