import { FailedError } from '../../errors.js';
import { findProgram } from '../../find-program.js';
import { printable } from '../../printable.js';
import type { World } from '../../world.js';

/** What running ssh-keygen needs. */
export type KeygenContext = Pick<World, 'env' | 'signal'>;

export interface KeygenTask {
  readonly args: readonly string[];
  /** What it reads from its standard input. */
  readonly input?: Buffer;
  readonly timeoutMs: number;
}

export interface KeygenResult {
  readonly succeeded: boolean;
  readonly stdout: string;
  /** The last line of what it complains of; shown. */
  readonly complaint: string;
}

const MAX_OUTPUT_BYTES = 64 * 1024;

/** What it needs to find keys, agents and people. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TERM',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'SSH_AUTH_SOCK',
  'SSH_ASKPASS',
  'SSH_ASKPASS_REQUIRE',
  'SSH_SK_PROVIDER',
];

/**
 * Runs ssh-keygen, which may ask for a passphrase on the terminal.
 *
 * @throws FailedError `SshKeygenMissing`, `SshKeygenFailed`
 */
export async function runKeygen(
  { args, input, timeoutMs }: KeygenTask,
  { env, signal }: KeygenContext,
): Promise<KeygenResult> {
  signal.throwIfAborted();
  const file = await findProgram('ssh-keygen', env['PATH'] ?? '');
  if (file === undefined) {
    throw new FailedError('SshKeygenMissing', 'ssh-keygen is not on PATH', {
      hint: 'install OpenSSH 8.1 or later',
    });
  }
  const { execa } = await import('execa');
  const result = await execa(file, args, {
    env: Object.fromEntries(
      PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
    ),
    extendEnv: false,
    input: input ?? Buffer.alloc(0),
    reject: false,
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: timeoutMs,
    cancelSignal: signal,
    killSignal: 'SIGKILL',
  });
  signal.throwIfAborted();
  if (result.exitCode === undefined || result.isMaxBuffer) {
    const why = result.timedOut ? `it did not end within ${timeoutMs / 1000} s` : 'it was ended';
    throw new FailedError('SshKeygenFailed', `ssh-keygen failed: ${why}`, {
      hint: 'try again',
      cause: result,
    });
  }
  const complaint = printable(
    result.stderr
      .trim()
      .split(/[\r\n]+/)
      .at(-1)
      ?.slice(0, 300) ?? '',
  );
  return { succeeded: result.exitCode === 0, stdout: result.stdout, complaint };
}
