import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

import { FailedError, messageOf } from '../../errors.js';
import { findProgram } from '../../find-program.js';

/** Locks on files of which the operating system tells every program: POSIX record locks, which terraform takes. */
export interface FileLocks {
  /** Locks a whole file for writing, without waiting. @returns whether nobody else has locked it */
  lock(file: string): Promise<boolean>;
  /** Gives all of them back. */
  release(): Promise<void>;
}

/**
 * Node cannot lock files, so a small script in a language that can holds the locks. It is told files, in hex, line by line,
 * and gives the locks back when its input ends: also when we are killed.
 */
const HOLDERS = [
  {
    program: 'perl',
    // The layout of `struct flock` is the one of 64-bit Linux.
    platforms: ['linux'],
    args: [
      '-MFcntl',
      '-MErrno=EAGAIN,EACCES',
      '-e',
      `$| = 1;
      while (my $line = <STDIN>) {
        chomp $line;
        my $whole = pack('s s x4 q q l x4', F_WRLCK, 0, 0, 0, 0);
        if (!open(my $file, '+<', pack('H*', $line))) { print "error $!\\n"; }
        elsif (fcntl($file, F_SETLK, $whole)) {
          push @held, $file;
          print "ok\\n";
        }
        elsif ($! == EAGAIN || $! == EACCES) { print "busy\\n"; }
        else { print "error $!\\n"; }
      }`,
    ],
  },
  {
    program: 'python3',
    platforms: ['linux', 'darwin', 'freebsd', 'openbsd'],
    args: [
      '-Ic',
      `import fcntl, sys
held = []
for line in iter(sys.stdin.readline, ''):
    try:
        file = open(bytes.fromhex(line.strip()), 'r+b', buffering=0)
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held.append(file)
        answer = 'ok'
    except (BlockingIOError, PermissionError):
        answer = 'busy'
    except OSError as error:
        answer = 'error ' + error.strerror
    print(answer, flush=True)`,
    ],
  },
];

/** @throws FailedError `LockUnavailable` where no program can lock files */
export async function openFileLocks(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): Promise<FileLocks> {
  const path = env['PATH'] ?? '';
  for (const { program, args, platforms } of HOLDERS) {
    const file = platforms.includes(platform) ? await findProgram(program, path) : undefined;
    if (file !== undefined) return new HeldFiles(file, args, path);
  }
  throw new FailedError(
    'LockUnavailable',
    'a state in a file cannot be locked as terraform locks it: neither perl nor python3 is on PATH',
    { hint: 'install one of them' },
  );
}

/** The script that holds the locks, and a conversation with it. */
class HeldFiles implements FileLocks {
  readonly #child;
  readonly #answers: AsyncIterator<string, undefined>;
  readonly #lines: Interface;

  constructor(
    private readonly program: string,
    args: readonly string[],
    path: string,
  ) {
    // In a group of its own: Ctrl-C must not take the lock away while a write comes to its end.
    this.#child = spawn(program, args, {
      ...{ env: { PATH: path, LC_ALL: 'C' }, detached: true, stdio: ['pipe', 'pipe', 'ignore'] },
    });
    // What goes wrong with it is seen in its answers, which end.
    this.#child.on('error', () => undefined);
    this.#child.stdin.on('error', () => undefined);
    this.#lines = createInterface({ input: this.#child.stdout });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  async lock(file: string): Promise<boolean> {
    this.#child.stdin.write(`${Buffer.from(file).toString('hex')}\n`);
    const { value, done } = await this.#answers.next();
    if (done !== true && (value === 'ok' || value === 'busy')) return value === 'ok';
    const why = done === true ? `${this.program} ended` : value.replace(/^error /, '');
    throw new FailedError('LockFailed', `cannot lock ${file}: ${why}`);
  }

  async release(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.stdin.end();
    await exit.catch((error: unknown) => {
      throw new FailedError('LockNotReleased', `cannot end ${this.program}: ${messageOf(error)}`);
    });
    this.#lines.close();
  }
}
