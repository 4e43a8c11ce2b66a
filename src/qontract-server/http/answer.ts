/** What a route says, before it is written to a socket. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text, or pieces of one that are made while they are sent. */
  readonly body?: string | Iterable<string>;
}

/** Thrown by a route that cannot go on; the answer is what the client gets. */
export class RefusedRequest extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with HTTP status ${answer.status}`);
    this.answer = answer;
  }
}

export const JSON_TYPE = 'application/json; charset=utf-8';

export function textAnswer(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) };
}

export function emptyAnswer(status = 200): Answer {
  return { status, body: '' };
}

export function bundleNotFound(sha: string): Answer {
  return textAnswer(`Bundle ${sha} not found`, 404);
}

/** The answer of the real server (Express) to a path that it does not know; its clients only look at the status. */
export function pageNotFound(method: string, path: string): Answer {
  return {
    status: 404,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    },
    body: errorPage(`Cannot ${method} ${path}`),
  };
}

function errorPage(message: string): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<title>Error</title>',
    '</head>',
    '<body>',
    `<pre>${escapeHtml(message)}</pre>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
