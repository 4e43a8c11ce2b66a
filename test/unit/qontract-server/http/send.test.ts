import { createServer, get, type IncomingMessage, type Server } from 'node:http';

import { afterEach, describe, expect, test } from '@jest/globals';

import type { Answer } from '../../../../src/qontract-server/http/answer.js';
import { listen } from '../../../../src/qontract-server/http/listen.js';
import { sendAnswer } from '../../../../src/qontract-server/http/send.js';

let server: Server | undefined;

afterEach(() => {
  server?.close().closeAllConnections();
});

interface Sending {
  readonly origin: string;
  /** Settles when the answer has been sent, or given up. */
  readonly sent: Promise<void>;
}

async function sending(answer: Answer, headersOnly = false): Promise<Sending> {
  let settle: (sent: Promise<void>) => void = () => undefined;
  const sent = new Promise<void>((resolve) => {
    settle = resolve;
  });
  server = createServer((_request, response) => {
    settle(sendAnswer(response, answer, headersOnly));
  });
  return { origin: await listen(server, { host: '127.0.0.1', port: 0 }), sent };
}

/** Pieces of `size` characters, and how many of them have been asked for. */
function pieces(
  count: number,
  size: number,
): { body: Iterable<string>; made: () => number; closed: () => boolean } {
  let [made, closed] = [0, false];
  function* generate(): Generator<string> {
    try {
      for (; made < count; made += 1) yield 'x'.repeat(size);
    } finally {
      closed = true;
    }
  }
  return { body: generate(), made: () => made, closed: () => closed };
}

function open(origin: string): Promise<IncomingMessage> {
  return new Promise((resolve) => get(origin, resolve));
}

describe('an answer in pieces', () => {
  test.each([0, 1])('has a length when there are %i of them', async (count) => {
    const { origin } = await sending({ status: 200, body: pieces(count, 10).body });
    const response = await fetch(origin);
    expect(response.headers.get('content-length')).toBe(String(10 * count));
    expect(await response.text()).toHaveLength(10 * count);
  });

  test.each([2, 3, 100])('arrives whole when there are %i of them', async (count) => {
    const { origin } = await sending({ status: 200, body: pieces(count, 100_000).body });
    const response = await fetch(origin);
    expect(response.headers.get('content-length')).toBeNull();
    expect(await response.text()).toBe('x'.repeat(count * 100_000));
  });

  test('is made no faster than the client takes it, and no more of it once the client is gone', async () => {
    const { body, made, closed } = pieces(10_000, 1_000_000);
    const { origin, sent } = await sending({ status: 200, body });
    const response = await open(origin);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(made()).toBeLessThan(100);
    response.destroy();
    await sent;
    expect(made()).toBeLessThan(100);
    expect(closed()).toBe(true);
  });

  test('is not made when only its headers are asked for', async () => {
    const { body, made, closed } = pieces(1000, 10);
    const { origin } = await sending({ status: 200, body }, true);
    expect(await (await fetch(origin)).text()).toBe('');
    expect(made()).toBeLessThan(3);
    expect(closed()).toBe(true);
  });
});

test('the length of a text is counted in bytes', async () => {
  const { origin } = await sending({ status: 200, body: 'grüß' });
  expect((await fetch(origin)).headers.get('content-length')).toBe('6');
});
