import { createServer, type RequestListener, type Server } from 'node:http';

import { afterEach, describe, expect, test } from '@jest/globals';

import { githubCommit } from '../../src/clients/code-host.js';
import { isJobRunning } from '../../src/clients/jenkins.js';
import { OcmClient } from '../../src/clients/ocm.js';
import { VaultClient } from '../../src/clients/vault.js';
import { createGraphqlClient } from '../../src/app-interface/graphql-client.js';
import { InterruptedError } from '../../src/errors.js';
import { listen } from '../../src/qontract-server/http/listen.js';
import { Secret } from '../../src/secret.js';
import { createWorld } from '../../src/world.js';

const secret = new Secret('example');
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Requests of every client, by the system that they go to. */
const REQUESTS: [string, (origin: string, fetch: typeof globalThis.fetch) => Promise<unknown>][] = [
  ['qontract server', (url, fetch) => createGraphqlClient({ url }, fetch).sha256()],
  [
    'Vault',
    (origin, fetch) =>
      new VaultClient({ server: origin, auth: { kind: 'token', token: secret }, fetch }).read('kv/x'),
  ],
  [
    'OCM',
    (origin, fetch) =>
      new OcmClient({ url: origin, tokenUrl: origin, clientId: 'x', clientSecret: secret, fetch }).roleGrants(
        'org',
        'harbor',
      ),
  ],
  [
    'Jenkins',
    (origin, fetch) => isJobRunning({ url: origin, user: 'bot', password: secret }, 'build', fetch),
  ],
  [
    'code host',
    (origin, fetch) => githubCommit({ api: origin, token: undefined, fetch }, 'example/worker', 'main'),
  ],
];

describe.each([
  ['never answers', () => undefined],
  ['never ends its answer', (_request, response) => response.writeHead(200).write('[')],
] satisfies [string, RequestListener][])(
  'an interruption cuts short a request to a server that %s',
  (_, listener) => {
    test.each(REQUESTS)('%s', async (_system, ask) => {
      const controller = new AbortController();
      const interruption = new InterruptedError('Interrupted', 'interrupted by SIGINT');
      server = createServer((request, response) => {
        listener(request, response);
        setImmediate(() => {
          controller.abort(interruption);
        });
      });
      const origin = await listen(server, { host: '127.0.0.1', port: 0 });
      const { fetch } = createWorld({ env: {}, cwd: () => '/' }, controller.signal);
      await expect(ask(origin, fetch)).rejects.toBe(interruption);
    });
  },
);

test('nothing is asked any more after the interruption', async () => {
  const interruption = new InterruptedError('Interrupted', 'interrupted by SIGINT');
  const { fetch } = createWorld({ env: {}, cwd: () => '/' }, AbortSignal.abort(interruption));
  await expect(fetch('http://127.0.0.1:1')).rejects.toBe(interruption);
});

test("a request's own limit still counts", async () => {
  const limit = new Error('enough');
  const { fetch } = createWorld({ env: {}, cwd: () => '/' });
  await expect(fetch('http://127.0.0.1:1', { signal: AbortSignal.abort(limit) })).rejects.toBe(limit);
  const request = new Request('http://127.0.0.1:1', { signal: AbortSignal.abort(limit) });
  await expect(fetch(request)).rejects.toBe(limit);
});
