import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { BODY_LIMIT } from '../../../../src/qontract-server/http/body.js';
import { startApi, type ApiUnderTest, type Reply } from '../../../support/api.js';
import { loadedBundle } from '../../../support/small-bundle.js';

const QUERY = '{ roles_v1 { name } }';

let api: ApiUnderTest;

beforeEach(async () => {
  api = await startApi();
  api.registry.register(loadedBundle());
});

afterEach(async () => {
  await api.close();
});

function firstMessage({ text }: Reply): unknown {
  const { errors } = JSON.parse(text) as { errors: { message: string }[] };
  return errors[0]?.message;
}

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
    const reply = await api.post(JSON.stringify(body));
    expect(reply.status).toBe(400);
    expect(firstMessage(reply)).toBe(message);
    expect(JSON.parse(reply.text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test.each([
    'text/plain',
    'application/graphql',
    'application/graphql+json',
    'application/x-www-form-urlencoded',
  ])('of type %s', async (type) => {
    const reply = await api.post(JSON.stringify({ query }), { 'content-type': type });
    expect([reply.status, firstMessage(reply)]).toEqual([400, missing]);
  });

  test.each(['', '{bad', '"text"', 'null', '12'])('with the body %j', async (body) => {
    expect((await api.post(body)).status).toBe(400);
  });

  test.each([
    ['charset', { 'content-type': 'application/json; charset=utf-16' }],
    ['coding', { 'content-encoding': 'zip' }],
    ['coding', { 'content-encoding': 'constructor' }],
  ])('in a %s that we cannot read', async (_what, headers) => {
    expect((await api.post(JSON.stringify({ query }), headers)).status).toBe(415);
  });

  test('with a body that is not compressed as it says', async () => {
    expect((await api.post(JSON.stringify({ query }), { 'content-encoding': 'gzip' })).status).toBe(400);
  });
});

describe('a body that is too large is refused', () => {
  const large = JSON.stringify({ query: QUERY, padding: 'x'.repeat(BODY_LIMIT) });

  test('by its announced length', async () => {
    expect((await api.post(large)).status).toBe(413);
  });

  test('when it announces none', async () => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from(large));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } };
    expect((await api.ask('/graphql', init as RequestInit)).status).toBe(413);
  });

  test('when it only is so once decompressed', async () => {
    expect((await api.post(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  test('and one of the limit is not', async () => {
    const rest = BODY_LIMIT - JSON.stringify({ query: QUERY, padding: '' }).length;
    expect((await api.post(JSON.stringify({ query: QUERY, padding: 'x'.repeat(rest) }))).status).toBe(200);
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
    const reply = await api.ask(`/graphql${search}`);
    expect([reply.status, firstMessage(reply)]).toEqual([status, message]);
    expect(reply.headers.get('allow')).toBe(status === 405 ? 'POST' : null);
  });

  test('with a body type of another kind', async () => {
    expect((await api.ask('/graphql?query={a}', { headers: { 'content-type': 'text/plain' } })).status).toBe(
      415,
    );
  });
});
