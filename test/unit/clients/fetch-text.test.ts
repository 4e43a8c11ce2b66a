import { createServer, type RequestListener, type Server } from 'node:http';

import { afterEach, describe, expect, test } from '@jest/globals';

import { fetchText } from '../../../src/clients/fetch-text.js';
import { listen } from '../../../src/qontract-server/http/listen.js';

const LIMITS = { timeoutMs: 10_000, maxBytes: 1000 };
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function answering(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  return listen(server, { host: '127.0.0.1', port: 0 });
}

describe('fetching a text', () => {
  test('gives status, headers and body', async () => {
    const origin = await answering((request, response) => {
      response.writeHead(418, { 'x-method': request.method ?? '' }).end('grüß dich');
    });
    const answer = await fetchText(fetch, origin, { method: 'POST', body: 'x' }, LIMITS);
    expect([answer.status, answer.headers.get('x-method'), answer.body]).toEqual([418, 'POST', 'grüß dich']);
  });

  test('does not follow a redirect', async () => {
    const origin = await answering((request, response) => {
      response.writeHead(request.url === '/' ? 302 : 200, { location: '/other' }).end();
    });
    expect((await fetchText(fetch, origin, {}, LIMITS)).status).toBe(302);
  });

  test('takes no more than allowed', async () => {
    const origin = await answering((_request, response) => response.end('x'.repeat(1001)));
    await expect(fetchText(fetch, origin, {}, LIMITS)).rejects.toThrow(
      'the answer is larger than 1000 bytes',
    );
  });

  test.each([
    ['the headers', false],
    ['the rest of the body', true],
  ])('waits no longer than allowed for %s', async (_what, begins) => {
    const origin = await answering((_request, response) => {
      if (begins) response.write('and then');
    });
    const limits = { ...LIMITS, timeoutMs: 100 };
    await expect(fetchText(fetch, origin, {}, limits)).rejects.toThrow('no answer within 0.1 s');
  });

  test('says when nothing listens', async () => {
    const origin = await answering(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    await expect(fetchText(fetch, origin, {}, LIMITS)).rejects.toThrow('nothing listens there');
  });

  test('says when the connection breaks', async () => {
    const origin = await answering((_request, response) => {
      response.write('and');
      setImmediate(() => response.destroy());
    });
    await expect(fetchText(fetch, origin, {}, LIMITS)).rejects.toThrow('the connection broke');
  });
});
