import type { ServerResponse } from 'node:http';

import type { Answer } from './answer.js';

/**
 * Writes an answer. Pieces are made no faster than the client takes them, and no further once it has gone.
 *
 * @returns when everything is handed to the socket
 */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  headersOnly: boolean,
): Promise<void> {
  const { status, headers = {}, body = '' } = answer;
  if (typeof body === 'string') {
    endWith(response, status, headers, body);
    return;
  }
  const pieces = body[Symbol.iterator]();
  const first = pieces.next();
  const second = first.done === true ? first : pieces.next();
  if (second.done === true) {
    endWith(response, status, headers, first.done === true ? '' : first.value);
    return;
  }
  response.writeHead(status, headers);
  if (!headersOnly && first.done !== true) await writeAll(response, [first.value, second.value], pieces);
  else pieces.return?.();
  response.end();
}

function endWith(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function writeAll(response: ServerResponse, head: string[], rest: Iterator<string>): Promise<void> {
  for (const piece of head) if (!response.write(piece)) await roomIn(response);
  let next = rest.next();
  while (next.done !== true) {
    if (response.closed) {
      rest.return?.();
      return;
    }
    if (!response.write(next.value)) await roomIn(response);
    next = rest.next();
  }
}

/** Resolves when the socket has taken what was written, or is gone. */
function roomIn(response: ServerResponse): Promise<void> {
  if (response.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
