import { fileURLToPath } from 'node:url';

import { execa } from 'execa';

import { cleanEnv, type CliOptions } from './run-cli.js';

const BIN = fileURLToPath(new URL('../../../bin/run.js', import.meta.url));

/** A running `tfrepair server`. */
export interface ServerProcess {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly origin: string;
  /** Everything on stdout so far. */
  stdout(): string;
  /** Waits until stderr says something, and returns all of it. */
  stderrWith(text: string | RegExp): Promise<string>;
  /** Asks the server; the body as text. */
  ask(path: string, init?: RequestInit): Promise<{ status: number; text: string }>;
  query(query: string, path?: string): Promise<unknown>;
  /** Ends it, and says how it ended. */
  stop(signal?: NodeJS.Signals): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }>;
}

/** Starts `tfrepair server` on a free port and waits until it is ready. @throws Error with its stderr if it ends instead */
export async function runServer(
  args: readonly string[],
  home: string,
  options: CliOptions = {},
): Promise<ServerProcess> {
  const child = execa(process.execPath, [BIN, 'server', '--port', '0', ...args], {
    env: { ...cleanEnv(home), ...options.env },
    extendEnv: false,
    cwd: options.cwd ?? home,
    stdin: 'ignore',
    timeout: options.timeout ?? 60_000,
    killSignal: 'SIGKILL',
    reject: false,
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const ended = child.then((result) => {
    throw new Error(`the server ended with ${result.exitCode}: ${result.stderr}`);
  });
  ended.catch(() => undefined);
  const origin = new URL((await Promise.race([stdout.with(/http:\S+?(?=[\s",])/), ended])).match).origin;
  const ask: ServerProcess['ask'] = async (path, init = {}) => {
    const response = await fetch(origin + path, { redirect: 'manual', ...init });
    return { status: response.status, text: await response.text() };
  };
  return {
    origin,
    stdout: () => stdout.text(),
    stderrWith: async (text) => (await Promise.race([stderr.with(text), ended])).text,
    ask,
    query: async (query, path = '/graphql') => {
      const headers = { 'content-type': 'application/json' };
      const { text } = await ask(path, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return JSON.parse(text) as unknown;
    },
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const { exitCode, stdout: out, stderr: err } = await child;
      return { exitCode, stdout: out, stderr: err };
    },
  };
}

interface Collected {
  text(): string;
  with(pattern: string | RegExp): Promise<{ match: string; text: string }>;
}

/** Collects what a stream says, for those who wait for something in it. */
function collect(stream: NodeJS.ReadableStream): Collected {
  let all = '';
  const waiting = new Set<() => void>();
  stream.on('data', (piece: Buffer) => {
    all += piece.toString();
    for (const look of waiting) look();
  });
  return {
    text: () => all,
    with: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          const match = typeof pattern === 'string' ? find(all, pattern) : pattern.exec(all)?.[0];
          if (match === undefined) return;
          waiting.delete(look);
          resolve({ match, text: all });
        };
        waiting.add(look);
        look();
      }),
  };
}

function find(all: string, text: string): string | undefined {
  return all.includes(text) ? text : undefined;
}
