import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';

import { FailedError, messageOf } from '../errors.js';
import { readLog } from '../terraform/log/read-log.js';
import type { World } from '../world.js';
import type { ResourcesSource } from './resources-report.js';

/** A log as a user names it. */
export interface NamedLog {
  /** A file, or `-` for stdin. */
  readonly log: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Of a log that several accounts share, only this one's lines count. */
  readonly account: string | undefined;
}

/** What a log tells of resources. @throws FailedError `LogUnreadable` when its bytes cannot be had */
export async function logResources(
  { log, stdin, account }: NamedLog,
  { cwd }: Pick<World, 'cwd'>,
): Promise<ResourcesSource> {
  const chunks = log === '-' ? stdin : createReadStream(resolve(cwd, log));
  const name = log === '-' ? 'stdin' : log;
  try {
    const { plan, notes } = await readLog(chunks, { account });
    return { name, source: 'log', plan, state: undefined, notes };
  } catch (error) {
    throw new FailedError('LogUnreadable', `${name} cannot be read: ${messageOf(error)}`, {
      hint: 'give the file of a log, or - and the log on stdin',
      cause: error,
    });
  }
}
