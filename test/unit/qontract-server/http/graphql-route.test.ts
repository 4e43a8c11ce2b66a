import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { BODY_LIMIT } from '../../../../src/qontract-server/http/body.js';
import { startApi, type ApiUnderTest } from '../../../support/api.js';
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

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly allow: string | null;
  readonly body: string;
}

async function ask(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(api.origin + path, init);
  const { headers, status } = response;
  return {
    status,
    type: headers.get('content-type') ?? '',
    allow: headers.get('allow'),
    body: await response.text(),
  };
}

async function post(
  body: string | Buffer,
  headers: Record<string, string> = {},
  path = '/graphql',
): Promise<Reply> {
  return ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

function get(parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
  return ask(`/graphql?${new URLSearchParams(parameters).toString()}`, { headers });
}

function firstMessage({ body }: Reply): unknown {
  const { errors } = JSON.parse(body) as { errors: { message: string }[] };
  return errors[0]?.message;
}

describe('a query', () => {
  test('by POST is answered from the latest bundle', async () => {
    const { status, type, body } = await post(JSON.stringify({ query: QUERY }));
    expect([status, type]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(body)).toEqual(COOK);
  });

  test('by GET is answered from the latest bundle', async () => {
    const reply = await get({ query: QUERY });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toEqual(COOK);
  });

  test.each(['', '/', '/anything', '?x=1'])('names its bundle by the checksum (then %j)', async (suffix) => {
    const path = `/graphqlsha/${older.bundle.sha256}${suffix}`;
    const { body } = await post(JSON.stringify({ query: QUERY }), {}, path);
    expect(JSON.parse(body)).toMatchObject({ data: { roles_v1: [{ name: 'old cook' }] } });
  });

  test('takes variables and the name of the operation', async () => {
    const query = 'query A($n: String) { roles_v1(name: $n) { name } } query B { roles_v1 { path } }';
    const none = { query, variables: { n: 'nobody' }, operationName: 'A' };
    expect(JSON.parse((await post(JSON.stringify(none))).body)).toMatchObject({ data: { roles_v1: [] } });
    const inUrl = { query, variables: '{"n":"cook"}', operationName: 'A' };
    expect(JSON.parse((await get(inUrl)).body)).toEqual(COOK);
  });

  test('takes null for variables, extensions and the name of the operation', async () => {
    const reply = await post(
      JSON.stringify({ query: QUERY, variables: null, extensions: null, operationName: null }),
    );
    expect(JSON.parse(reply.body)).toEqual(COOK);
  });

  test('may be compressed', async () => {
    const reply = await post(gzipSync(JSON.stringify({ query: QUERY })), { 'content-encoding': 'gzip' });
    expect(JSON.parse(reply.body)).toEqual(COOK);
  });

  test('keeps its bundle from expiring', async () => {
    const before = api.registry.expirations();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await post(JSON.stringify({ query: QUERY }), {}, `/graphqlsha/${older.bundle.sha256}`);
    const [first, second] = api.registry.expirations();
    expect(first?.expiration).toBeGreaterThan(before[0]?.expiration ?? Infinity);
    expect(second).toEqual(before[1]);
  });
});

describe('a POST that is no GraphQL request is refused', () => {
  const missing = 'POST body missing, invalid Content-Type, or JSON object has no keys.';
  const empty = 'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.';
  const query = QUERY;

  test.each([
    ['no keys', {}, missing],
    ['a batch', [{ query }], 'Operation batching disabled.'],
    ['an empty batch', [], 'Operation batching disabled.'],
    ['a query that is a number', { query: 1 }, 'GraphQL queries must be strings.'],
    ['an empty query', { query: '' }, empty],
    ['a null query', { query: null }, empty],
    ['no query', { variables: {} }, empty],
    [
      'variables as text',
      { query, variables: '{}' },
      '`variables` in a POST body should be provided as an object, not a recursively JSON-encoded string.',
    ],
    [
      'variables as a list',
      { query, variables: [] },
      '`variables` in a POST body must be an object if provided.',
    ],
    [
      'extensions as a number',
      { query, extensions: 1 },
      '`extensions` in a POST body must be an object if provided.',
    ],
    [
      'an operation name that is a number',
      { query, operationName: 1 },
      '`operationName` in a POST body must be a string if provided.',
    ],
  ])('with %s', async (_what, body, message) => {
    const reply = await post(JSON.stringify(body));
    expect(reply.status).toBe(400);
    expect(firstMessage(reply)).toBe(message);
    expect(JSON.parse(reply.body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test.each([
    'text/plain',
    'application/graphql',
    'application/graphql+json',
    'application/x-www-form-urlencoded',
  ])('of type %s', async (type) => {
    const reply = await post(JSON.stringify({ query }), { 'content-type': type });
    expect([reply.status, firstMessage(reply)]).toEqual([400, missing]);
  });

  test.each(['', '{bad', '"text"', 'null', '12'])('with the body %j', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  test.each([
    ['charset', { 'content-type': 'application/json; charset=utf-16' }],
    ['coding', { 'content-encoding': 'zip' }],
    ['coding', { 'content-encoding': 'constructor' }],
  ])('in a %s that we cannot read', async (_what, headers) => {
    expect((await post(JSON.stringify({ query }), headers)).status).toBe(415);
  });

  test('with a body that is not compressed as it says', async () => {
    expect((await post(JSON.stringify({ query }), { 'content-encoding': 'gzip' })).status).toBe(400);
  });
});

describe('a body that is too large is refused', () => {
  const large = JSON.stringify({ query: QUERY, padding: 'x'.repeat(BODY_LIMIT) });

  test('by its announced length', async () => {
    expect((await post(large)).status).toBe(413);
  });

  test('when it announces none', async () => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from(large));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } };
    expect((await ask('/graphql', init as RequestInit)).status).toBe(413);
  });

  test('when it only is so once decompressed', async () => {
    expect((await post(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  test('and one of the limit is not', async () => {
    const rest = BODY_LIMIT - JSON.stringify({ query: QUERY, padding: '' }).length;
    expect((await post(JSON.stringify({ query: QUERY, padding: 'x'.repeat(rest) }))).status).toBe(200);
  });
});

describe('a GET that is no GraphQL request is refused', () => {
  test.each([
    ['?', 400, 'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.'],
    ['?query=', 400, 'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.'],
    ['?query=a&query=b', 400, "The 'query' search parameter may only be specified once."],
    ['?query=a&variables=x', 400, 'The variables search parameter contains invalid JSON.'],
    ['?query=a&variables=[]', 400, 'The variables search parameter should contain a JSON-encoded object.'],
    ['?query=a&extensions=x', 400, 'The extensions search parameter contains invalid JSON.'],
    ['?query=mutation{a}', 405, 'GET requests only support query operations, not mutation operations'],
    [
      '?query=subscription{a}',
      405,
      'GET requests only support query operations, not subscription operations',
    ],
  ])('with %s', async (search, status, message) => {
    const reply = await ask(`/graphql${search}`);
    expect([reply.status, firstMessage(reply)]).toEqual([status, message]);
    expect(reply.allow).toBe(status === 405 ? 'POST' : null);
  });

  test('with a body type of another kind', async () => {
    expect((await get({ query: QUERY }, { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('the answer', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])(
    'to %s is that only GET and POST will do',
    async (method) => {
      const reply = await ask('/graphql', { method });
      expect([reply.status, reply.allow]).toEqual([405, 'GET, POST']);
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
    const reply = await post(JSON.stringify({ query: QUERY }), { accept });
    expect([reply.status, reply.type]).toEqual([status, type]);
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
