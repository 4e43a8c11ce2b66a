import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

import { FailedError, messageOf } from '../../errors.js';
import { isJsonObject, type Json, type JsonObject } from '../../json.js';

/** A file of 500 KiB takes seconds, on a busy machine many; who is tired of waiting can interrupt. */
const MAX_MILLISECONDS = 300_000;

/** Deeper nesting would end the parser for want of stack, with words that help nobody. */
const STACK_MEGABYTES = 16;

/**
 * The worker's whole program. As text, because a file would lie elsewhere in the built program than in the sources and
 * under test. Loading the parser unpacks 6 MB of WebAssembly, leaves globals behind and keeps timers running: all of
 * that ends with the worker.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { parse } = require(workerData);
parentPort.on('message', ({ file, text }) => {
  parse(file, text).then(
    (body) => parentPort.postMessage({ json: JSON.stringify(body) }),
    (error) => parentPort.postMessage({ error: String(error?.message ?? error) }),
  );
});
`;

/**
 * Reads one text in HCL's native syntax. Blocks become arrays below their type and labels; expressions stay templates
 * (`"${var.x}"`).
 *
 * @param file for messages only
 * @throws FailedError `HclInvalid` with file and line
 */
export type ParseHcl = (file: string, text: string) => Promise<JsonObject>;

/** Runs `action` with a parser, whose worker is started at the first text and ended at the latest when `action` ends. */
export async function withHclParser<T>(
  signal: AbortSignal,
  action: (parse: ParseHcl) => Promise<T>,
): Promise<T> {
  let worker: Worker | undefined;
  try {
    return await action(async (file, text) => {
      worker ??= startWorker();
      return bodyOf(await ask(worker, file, text, signal), file);
    });
  } finally {
    await worker?.terminate();
  }
}

function startWorker(): Worker {
  return new Worker(PROGRAM, {
    eval: true,
    workerData: createRequire(import.meta.url).resolve('@cdktf/hcl2json'),
    env: {},
    // What a crashed parser prints is not for our streams.
    stdout: true,
    stderr: true,
    resourceLimits: { stackSizeMb: STACK_MEGABYTES },
  });
}

async function ask(worker: Worker, file: string, text: string, signal: AbortSignal): Promise<unknown> {
  const settled = new AbortController();
  const limits = [signal, AbortSignal.timeout(MAX_MILLISECONDS), settled.signal];
  const listening = { signal: AbortSignal.any(limits) };
  worker.postMessage({ file, text });
  try {
    const answered = once(worker, 'message', listening);
    const ended = once(worker, 'exit', listening);
    const values: readonly unknown[] = await Promise.race([answered, ended]);
    return values[0];
  } catch (error) {
    signal.throwIfAborted();
    throw notRead(file, messageOf(error), error);
  } finally {
    settled.abort();
  }
}

function bodyOf(answer: unknown, file: string): JsonObject {
  if (typeof answer !== 'object' || answer === null) throw notRead(file, 'the parser ended');
  if ('error' in answer) throw invalid(file, String(answer.error));
  const body = 'json' in answer ? (JSON.parse(String(answer.json)) as Json) : {};
  return isJsonObject(body) ? body : {};
}

/** The parser's words: `Error parse config: [FILE:2,6-3,1: Invalid expression; Expected the start of …]`. */
function invalid(file: string, message: string): FailedError {
  const [, line, words] = /:(\d+),\d+-[\d,]+: (.+?)\]?$/s.exec(message) ?? [];
  if (line === undefined || words === undefined) return notRead(file, message);
  return new FailedError('HclInvalid', `${file}:${line}: ${words.replace('; ', ': ').replace(/\.$/, '')}`);
}

function notRead(file: string, why: string, cause?: unknown): FailedError {
  return new FailedError('HclInvalid', `${file} cannot be read as HCL: ${why}`, { cause });
}
