import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { FailedError } from '../../errors.js';
import type { World } from '../../world.js';
import { supervise, type Supervised } from '../supervise.js';
import { freePort } from './free-port.js';
import type { MotoProgram } from './locate.js';
import { MOTO_SETTINGS } from './settings.js';

/** A running AWS API server. */
export interface Moto {
  /** Its address, e.g. `http://127.0.0.1:43817`. */
  readonly endpoint: string;
  readonly process: Supervised;
}

const READY_MS = 60_000;
const READY_AFTER_DOWNLOAD_MS = 300_000;
const POLL_MS = 50;
const GRACE_MS = 5000;

/** What the server, and the programs that may have to fetch it, need of the environment; no secret is among it. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'VIRTUAL_ENV',
  'DOCKER_HOST',
  'DOCKER_CONFIG',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_RUNTIME_DIR',
  'SSL_CERT_FILE',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/**
 * Starts moto on a free port of the loopback address and waits until it answers.
 *
 * @param folder where it works and logs; removed at its end
 * @throws FailedError `MotoNotReady` when it ends or does not answer in time
 */
export async function startMoto(program: MotoProgram, folder: string, world: World): Promise<Moto> {
  const port = await freePort();
  const log = join(folder, 'moto.log');
  const logFd = openSync(log, 'a', 0o600);
  const child = supervise({
    ...{ file: program.file, args: program.args(port), env: motoEnv(world), folder, logFd },
    // It has nothing to tidy up, unlike a container.
    grace: program.download ? GRACE_MS : 0,
  });
  closeSync(logFd);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await ready(endpoint, child, log, program, world);
    return { endpoint, process: child };
  } catch (error) {
    await child.close();
    throw error;
  }
}

function motoEnv({ env }: World): Record<string, string> {
  const passedOn = PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(passedOn), ...MOTO_SETTINGS };
}

async function ready(
  endpoint: string,
  child: Supervised,
  log: string,
  program: MotoProgram,
  { fetch, now, signal }: World,
): Promise<void> {
  const deadline = now() + (program.download ? READY_AFTER_DOWNLOAD_MS : READY_MS);
  for (;;) {
    const answered = await answers(endpoint, fetch);
    // Asked after the answer: another program may have taken the port, and be the one that answers.
    const exit = child.exit();
    if (exit !== undefined) throw notReady(program, exit, await lastLine(log));
    if (answered) return;
    if (now() > deadline) throw notReady(program, 'it does not answer', await lastLine(log));
    await sleep(POLL_MS);
    signal.throwIfAborted();
  }
}

async function answers(endpoint: string, fetch: World['fetch']): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function notReady(program: MotoProgram, why: string, line: string): FailedError {
  const said = line === '' ? '' : `; it said: ${line}`;
  return new FailedError('MotoNotReady', `the AWS API server (${program.file}) did not start: ${why}${said}`);
}

async function lastLine(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
