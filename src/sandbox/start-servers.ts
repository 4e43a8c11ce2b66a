import { join } from 'node:path';

import { FailedError } from '../errors.js';
import { checkout } from '../qontract-server/sources/checkout.js';
import { startQontractServer, type QontractServer } from '../qontract-server/start.js';
import type { World } from '../world.js';
import type { CloseStack } from './close-stack.js';
import { copyAppInterface } from './example.js';
import { locateMoto, MOTO_HINT, type MotoProgram } from './moto/locate.js';
import { startMoto } from './moto/start.js';

export interface Servers {
  /** The AWS API server. */
  readonly endpoint: string;
  readonly server: QontractServer;
  /** The checkout that the qontract server reads: a copy of the example's. */
  readonly appInterface: string;
}

/** Starts both servers of a sandbox at the same time. @throws FailedError `MotoMissing` or `MotoNotReady` */
export async function startServers(
  folder: string,
  examples: string,
  parts: CloseStack,
  world: World,
): Promise<Servers> {
  const program = await findMoto(world);
  const appInterface = join(folder, 'app-interface');
  const starting = [
    startAws(program, folder, parts, world),
    serveCopy(join(examples, 'app-interface'), appInterface, parts, world),
  ] as const;
  // Both have settled before one's failure is told: what the other has started is on the stack by then.
  await Promise.allSettled(starting);
  const [endpoint, server] = await Promise.all(starting);
  return { endpoint, server, appInterface };
}

async function findMoto({ env }: World): Promise<MotoProgram> {
  const program = await locateMoto(env['PATH'] ?? '');
  if (program !== undefined) return program;
  throw new FailedError('MotoMissing', 'the sandbox needs an AWS API server: moto_server is not on PATH', {
    hint: MOTO_HINT,
  });
}

async function startAws(
  program: MotoProgram,
  folder: string,
  parts: CloseStack,
  world: World,
): Promise<string> {
  const moto = await startMoto(program, folder, world);
  parts.add(() => moto.process.close());
  return moto.endpoint;
}

async function serveCopy(from: string, to: string, parts: CloseStack, world: World): Promise<QontractServer> {
  await copyAppInterface(from, to);
  const source = checkout({ appInterface: to, world });
  const server = await startQontractServer({ source, now: world.now, signal: world.signal });
  parts.add(() => server.close());
  return server;
}
