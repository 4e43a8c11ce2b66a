import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { EventEmitter, once } from 'node:events';
import { buffer } from 'node:stream/consumers';

import { listen, stopListening } from '../../src/qontract-server/http/listen.js';

/** Where a request is held up, and no more of it goes on. */
export type Hold =
  /** Nothing of it gets to the server. */
  | 'at the beginning of its body'
  /** The server gets half of the body, and then sees the connection end. */
  | 'in the middle of its body'
  /** All of it is on its way; it gets to the server when it is let go. */
  | 'before the server has it'
  /** The server has done what was asked for, and nobody is told. */
  | 'before its answer'
  | 'in the middle of its answer';

export const HOLDS: readonly Hold[] = [
  ...(['at the beginning of its body', 'in the middle of its body', 'before the server has it'] as const),
  ...(['before its answer', 'in the middle of its answer'] as const),
];

export interface SlowProxy {
  readonly origin: string;
  /** Settles when a request is held up. */
  readonly reached: Promise<void>;
  /** Lets what is on its way get to the server; settles when it is there. */
  letGo(): Promise<void>;
  close(): Promise<void>;
}

/** Stands between a client and an HTTP server, and holds one kind of request up. */
export async function startSlowProxy(
  target: string,
  isHeld: (request: IncomingMessage) => boolean,
  hold: Hold,
): Promise<SlowProxy> {
  const events = new EventEmitter();
  const reached = once(events, 'reached');
  const arrived = once(events, 'arrived');
  const holdUp = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    switch (hold) {
      case 'at the beginning of its body':
        await once(request, 'readable');
        events.emit('reached');
        return;
      case 'in the middle of its body':
        await passHalf(target, request);
        events.emit('reached');
        return;
      case 'before the server has it': {
        const body = await buffer(request);
        const free = once(events, 'free');
        events.emit('reached');
        await free;
        (await pass(target, request, body)).resume();
        events.emit('arrived');
        return;
      }
      default: {
        (await pass(target, request, await buffer(request))).resume();
        if (hold === 'in the middle of its answer') response.socket?.write('HTTP/1.1 200 OK\r\nETag: "0f');
        events.emit('reached');
      }
    }
  };
  const server = createServer((request, response) => {
    void (async () => {
      if (isHeld(request)) return holdUp(request, response);
      const answer = await pass(target, request, await buffer(request));
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    })().catch(() => response.destroy());
  });
  return {
    origin: await listen(server, { host: '127.0.0.1', port: 0 }),
    reached: reached.then(() => undefined),
    letGo: async () => {
      events.emit('free');
      await arrived;
    },
    close: () => stopListening(server),
  };
}

/** What the server answers. */
async function pass(target: string, request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const onward = begin(target, request);
  const answer = once(onward, 'response');
  onward.end(body);
  const [response] = (await answer) as [IncomingMessage];
  return response;
}

async function passHalf(target: string, request: IncomingMessage): Promise<void> {
  const onward = begin(target, request);
  onward.on('error', () => undefined);
  request.on('close', () => onward.destroy());
  const half = Number(request.headers['content-length']) / 2;
  let passed = 0;
  while (passed < half) {
    await once(request, 'readable');
    for (let chunk = readFrom(request); chunk !== null && passed < half; chunk = readFrom(request)) {
      passed += chunk.length;
      onward.write(chunk);
    }
  }
}

function readFrom(request: IncomingMessage): Buffer | null {
  const chunk: unknown = request.read(16_384) ?? request.read();
  return Buffer.isBuffer(chunk) ? chunk : null;
}

function begin(target: string, { method, url, headers }: IncomingMessage): ReturnType<typeof forward> {
  return forward(new URL(url ?? '/', target), { method, headers });
}
