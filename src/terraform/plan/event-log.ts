import { closeSync, fchmodSync, openSync, writeSync } from 'node:fs';

import { FailedError, messageOf } from '../../errors.js';

const BUFFER_CHARACTERS = 64 * 1024;

/** Keeps the lines of a run in a file for its owner alone (0600). */
export class EventLog {
  readonly #file: string;
  readonly #fd: number;
  #waiting = '';

  /** @throws FailedError `LogUnwritable` */
  constructor(file: string) {
    this.#file = file;
    try {
      this.#fd = openSync(file, 'w', 0o600);
      // It may have been there before, for others to read.
      fchmodSync(this.#fd, 0o600);
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  /** @throws FailedError `LogUnwritable` */
  write(line: string): void {
    this.#waiting += `${line}\n`;
    if (this.#waiting.length > BUFFER_CHARACTERS) this.#flush();
  }

  /** @throws FailedError `LogUnwritable` */
  close(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#fd);
    }
  }

  #flush(): void {
    try {
      writeSync(this.#fd, this.#waiting);
      this.#waiting = '';
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  #unwritable(error: unknown): FailedError {
    return new FailedError('LogUnwritable', `cannot write ${this.#file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
