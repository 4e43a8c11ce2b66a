import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';

/**
 * The supervisor: a small process between us and a server, in a process group of its own. Its stdin is a pipe that only
 * we hold. However we end, by SIGKILL too, the pipe is closed; then it ends the server (at once, or by SIGTERM with some
 * time to comply), removes the folder, and ends whatever is left of the group, itself included. Given as text because
 * it must run from the sources as well as from the bundle, where no module has a path of its own.
 */
const SUPERVISOR = `
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const [folder, grace, file, ...args] = process.argv.slice(1);
const server = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;
server.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
server.on('exit', (code) => {
  if (!ending) process.exit(code ?? 1);
  rmSync(folder, { recursive: true, force: true });
  process.kill(-process.pid, 'SIGKILL');
});
process.stdin.on('close', () => {
  ending = true;
  if (Number(grace) > 0) server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), Number(grace));
}).resume();
`;

export interface SupervisedProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Its working folder, removed at its end. */
  readonly folder: string;
  /** Where its output goes: an open file. */
  readonly logFd: number;
  /** How long it may take to end after SIGTERM, in milliseconds; 0 ends it without asking. */
  readonly grace: number;
}

/** How much longer than its program's grace a supervisor may take, in milliseconds. */
const MARGIN_MS = 10_000;

/** A program that ends with us. */
export interface Supervised {
  /** The leader of the process group that the program is in. */
  readonly pid: number | undefined;
  /** Why it is not running any more; undefined while it is. */
  exit(): string | undefined;
  /** Ends the program and everything that it started; its folder is gone afterwards. */
  close(): Promise<void>;
}

/** Starts a program that cannot outlive this process. */
export function supervise({ file, args, env, folder, logFd, grace }: SupervisedProgram): Supervised {
  const child = spawn(process.execPath, ['-e', SUPERVISOR, folder, String(grace), file, ...args], {
    cwd: folder,
    env,
    detached: true,
    stdio: ['pipe', logFd, logFd],
  });
  // The program ends with us; it must not keep us from ending.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  let exit: string | undefined;
  child.on('error', (error) => (exit = error.message));
  child.on('exit', (code, signal) => {
    exit = `it ended with ${signal ?? `exit code ${code ?? '?'}`}`;
    // A supervisor that was killed has left its server in the group.
    killGroup(child.pid);
  });
  return { pid: child.pid, exit: () => exit, close: () => close(child, grace) };
}

async function close(child: ChildProcess, grace: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  child.stdin?.destroy();
  const timer = setTimeout(() => {
    killGroup(child.pid);
  }, grace + MARGIN_MS);
  await exit;
  clearTimeout(timer);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
