import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

import { BIN, cleanEnv } from './run-cli.js';

export const ENTER = '\r';
export const CTRL_C = '\u0003';

/** Runs a program on a new pseudo-terminal, and passes on what is typed and shown. */
const RELAY = 'import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

export interface PtyOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Somebody at a terminal in which the built CLI runs. */
export class PtyUser {
  readonly #child: ChildProcess;
  readonly #end: Promise<number | null>;
  #shown = '';
  /** What was waited for already. */
  #seen = 0;

  constructor(
    args: readonly string[],
    home: string,
    { env = {}, columns = 80, timeout = 120_000 }: PtyOptions = {},
  ) {
    const sized = ['/bin/sh', '-c', `stty cols ${columns} rows 50; exec "$@"`, 'sh'];
    this.#child = spawn('python3', ['-c', RELAY, ...sized, process.execPath, BIN, ...args], {
      env: { ...cleanEnv(home), TERM: 'xterm-256color', ...env },
      cwd: home,
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout,
      killSignal: 'SIGKILL',
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#shown += chunk.toString();
    });
    this.#end = once(this.#child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  }

  /** All that was shown, as text. */
  get screen(): string {
    return stripVTControlCharacters(this.#shown).replaceAll('\r', '');
  }

  /** The same with its escape sequences. */
  get raw(): string {
    return this.#shown;
  }

  /** Waits until a text is shown that was not waited for before. @throws when it does not come */
  async sees(text: string): Promise<void> {
    for (let look = 0; look < 1200; look += 1) {
      const place = this.screen.indexOf(text, this.#seen);
      if (place !== -1) {
        this.#seen = place + text.length;
        return;
      }
      if (this.#child.exitCode !== null) break;
      await setTimeout(100);
    }
    throw new Error(`never shown: ${text}\n--- shown:\n${this.screen}`);
  }

  /** Types keys, and waits a little after each, as people do. */
  async types(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#child.stdin?.write(key);
      await setTimeout(80);
    }
  }

  /** Answers a question once it stands there. */
  async answers(question: string, ...keys: readonly string[]): Promise<void> {
    await this.sees(question);
    // The question is drawn before it listens.
    await setTimeout(150);
    await this.types(...keys);
  }

  /** The exit code. */
  async ends(): Promise<number | null> {
    return this.#end;
  }

  /** For tests that fail half-way. */
  kill(): void {
    this.#child.stdin?.end();
    this.#child.kill('SIGKILL');
  }
}
