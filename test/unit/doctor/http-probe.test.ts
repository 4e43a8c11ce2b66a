import { createServer, type RequestListener, type Server } from 'node:http';

import { afterEach, describe, expect, test } from '@jest/globals';

import { probe } from '../../../src/doctor/http-probe.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<URL> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return new URL(`http://127.0.0.1:${address.port}/x`);
}

const world = (signal = new AbortController().signal) => ({ fetch, signal });

describe('a question to a server', () => {
  test('is answered with status and body', async () => {
    const url = await serve((request, response) => {
      response.statusCode = 503;
      response.end(request.headers.authorization);
    });
    expect(await probe(world(), url, { Authorization: 'Basic x' })).toMatchObject({
      status: 503,
      body: 'Basic x',
    });
  });

  test('gives up on an endless answer', async () => {
    const url = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1000)), 1);
      response.on('close', () => {
        clearInterval(timer);
      });
    });
    expect(await probe(world(), url)).toBe('the answer is larger than 65536 bytes');
  });

  test('never follows a redirect, which could carry the token elsewhere', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await probe(world(), url)).toMatchObject({ status: 302 });
    expect(asked).toEqual(['/x']);
  });

  test('gives up on a server that says nothing', async () => {
    const url = await serve(() => undefined);
    expect(await probe(world(), url)).toBe('no answer within 2 s');
  });

  test('says that the connection was refused', async () => {
    const url = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    expect(await probe(world(), url)).toBe('nothing listens there');
  });

  test('says that the connection was closed', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await probe(world(), url)).toBe('the connection broke');
  });

  test('says that there is no such host', async () => {
    expect(await probe(world(), new URL('http://host.invalid/'))).toMatch(/^its name /);
  });

  test('ends with the interruption', async () => {
    const interruption = new AbortController();
    const url = await serve(() => {
      interruption.abort(new Error('interrupted'));
    });
    await expect(probe(world(interruption.signal), url)).rejects.toThrow('interrupted');
  });
});
