import { createServer, type IncomingMessage, type Server } from 'node:http';

import { afterEach, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';

import { createGraphqlClient, type GraphqlClient } from '../../../src/app-interface/graphql-client.js';
import { listen } from '../../../src/qontract-server/http/listen.js';
import { Secret } from '../../../src/secret.js';

const SHA = 'ab'.repeat(32);
const Roles = v.object({ roles_v1: v.array(v.object({ name: v.string() })) });
const ROLES = { data: { roles_v1: [{ name: 'cook' }] } };

interface Answer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

let servers: Server[] = [];
let asked: { url: string | undefined; headers: IncomingMessage['headers'] }[] = [];

afterEach(() => {
  for (const server of servers) server.close().closeAllConnections();
  servers = [];
  asked = [];
});

/** A client of a server with these answers; `/sha256` is answered well unless told otherwise. */
async function clientOf(
  answers: Record<string, Answer>,
  path = '/graphql',
  token?: Secret,
): Promise<GraphqlClient> {
  const server = createServer((request, response) => {
    asked.push({ url: request.url, headers: request.headers });
    const known: Record<string, Answer> = { '/sha256': { body: SHA }, ...answers };
    const { status = 200, body, headers = {} } = known[request.url ?? ''] ?? { status: 404, body: '' };
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  servers.push(server);
  const origin = await listen(server, { host: '127.0.0.1', port: 0 });
  return createGraphqlClient({ url: origin + path, token }, fetch);
}

const ask = (client: GraphqlClient): Promise<unknown> => client.query('{ roles_v1 { name } }', {}, Roles);

describe('a query', () => {
  test('is answered with the checked data', async () => {
    const client = await clientOf({ [`/graphqlsha/${SHA}`]: { body: ROLES } });
    expect(await ask(client)).toEqual({ roles_v1: [{ name: 'cook' }] });
  });

  test('goes to the bundle that was the latest at first, however many there are', async () => {
    const client = await clientOf({ [`/graphqlsha/${SHA}`]: { body: ROLES } });
    await Promise.all([ask(client), ask(client)]);
    await ask(client);
    expect(await client.sha256()).toBe(SHA);
    expect(asked.map(({ url }) => url)).toEqual(['/sha256', ...Array<string>(3).fill(`/graphqlsha/${SHA}`)]);
  });

  test('carries the token as it is', async () => {
    const client = await clientOf(
      { [`/graphqlsha/${SHA}`]: { body: ROLES } },
      '/graphql',
      new Secret('Basic abc='),
    );
    await ask(client);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Basic abc=', 'Basic abc=']);
  });

  test('finds the server below a path, and without one', async () => {
    const below = await clientOf(
      { '/gate/sha256': { body: SHA }, [`/gate/graphqlsha/${SHA}`]: { body: ROLES } },
      '/gate/graphql',
    );
    expect(await ask(below)).toEqual({ roles_v1: [{ name: 'cook' }] });
    const bare = await clientOf({ [`/graphqlsha/${SHA}`]: { body: ROLES } }, '');
    expect(await ask(bare)).toEqual({ roles_v1: [{ name: 'cook' }] });
  });
});

describe('what goes wrong is named', () => {
  const query = `/graphqlsha/${SHA}`;

  test.each<[string, Record<string, Answer>, string, string]>([
    [
      'no right',
      { '/sha256': { status: 401, body: '' } },
      'GraphqlUnauthorized',
      'refuses the token (HTTP 401)',
    ],
    [
      'no right',
      { [query]: { status: 403, body: '' } },
      'GraphqlUnauthorized',
      'refuses the token (HTTP 403)',
    ],
    [
      'a login page',
      { '/sha256': { status: 302, body: '', headers: { location: 'https://login.example/' } } },
      'GraphqlUnreachable',
      'sends us on to https://login.example/',
    ],
    [
      'no data',
      { '/sha256': { status: 503, body: 'No loaded data.' } },
      'GraphqlUnexpected',
      '/sha256 answers HTTP 503',
    ],
    [
      'another server',
      { '/sha256': { body: '<html>' } },
      'GraphqlUnexpected',
      'its /sha256 is not a checksum',
    ],
    ['an expired bundle', {}, 'BundleExpired', `the bundle ${SHA}`],
    [
      'an unknown field',
      { [query]: { status: 400, body: { errors: [{ message: 'Cannot query field "x"' }] } } },
      'GraphqlError',
      'Cannot query field "x"',
    ],
    [
      'many errors',
      {
        [query]: { body: { data: null, errors: ['a', 'b', 'c', 'd', 'e'].map((message) => ({ message })) } },
      },
      'GraphqlError',
      ': a; b; c; 2 more',
    ],
    ['a broken server', { [query]: { status: 500, body: { oops: true } } }, 'GraphqlUnexpected', 'HTTP 500'],
    ['no JSON', { [query]: { body: 'hello' } }, 'GraphqlUnexpected', 'it is not JSON'],
    ['another kind of JSON', { [query]: { body: [] } }, 'GraphqlUnexpected', 'neither data nor errors'],
    [
      'data of another form',
      { [query]: { body: { data: { roles_v1: [{ name: 7 }] } } } },
      'GraphqlUnexpected',
      'roles_v1.0.name',
    ],
  ])('%s', async (_what, answers, code, message) => {
    const client = await clientOf(answers);
    await expect(ask(client)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as unknown,
    });
  });

  test('a server that is not there', async () => {
    const client = await clientOf({});
    await new Promise((resolve) => servers[0]?.close(resolve));
    await expect(ask(client)).rejects.toMatchObject({
      code: 'GraphqlUnreachable',
      message: expect.stringMatching(
        /^cannot ask the GraphQL server http.*: nothing listens there$/,
      ) as unknown,
    });
  });

  test('and the token is in none of it', async () => {
    const client = await clientOf(
      { '/sha256': { status: 401, body: 'Basic abc=' } },
      '/graphql',
      new Secret('Basic abc='),
    );
    const error: unknown = await ask(client).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('abc=');
  });
});
