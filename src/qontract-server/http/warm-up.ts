import { once } from 'node:events';
import { createServer } from 'node:http';
import { Duplex } from 'node:stream';

import { createApi } from './api.js';
import type { BundleRegistry } from './registry.js';

const BODY = JSON.stringify({ query: '{ __schema { queryType { fields { name } } } }' });

const REQUEST = [
  'POST /graphql HTTP/1.1',
  'host: localhost',
  'connection: close',
  'content-type: application/json',
  `content-length: ${BODY.length}`,
  '',
  BODY,
].join('\r\n');

/**
 * Sends one query through the whole server, without a socket, and throws the answer away: code that runs for the first
 * time takes many times as long as after that, and the first client should not have to wait for it.
 */
export async function warmUp(registry: BundleRegistry): Promise<void> {
  const ignore = (): void => undefined;
  const server = createServer(
    createApi({
      registry,
      metrics: undefined,
      reload: () => Promise.resolve(false),
      onRequest: ignore,
      onFailure: ignore,
    }),
  );
  const connection = new Duplex({
    read: ignore,
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const answered = once(connection, 'finish');
  server.emit('connection', connection);
  connection.push(REQUEST);
  await answered;
  connection.destroy();
}
