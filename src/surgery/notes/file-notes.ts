import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import type { Notes } from './notes.js';

/** Notes as files in a folder beside a state. */
export class FileNotes implements Notes {
  constructor(private readonly state: string) {}

  async put(name: string, bytes: Buffer): Promise<string> {
    let file = join(`${this.state}.tfrepair`, name);
    try {
      file = join(await this.#folder(), name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes, { flag: 'wx' });
    } catch (error) {
      const isThere = systemCodeOf(error) === 'EEXIST' && (await this.get(name, bytes.length))?.equals(bytes);
      if (isThere !== true) {
        throw new FailedError('NoteNotWritten', `cannot write ${file}: ${messageOf(error)}`, {
          cause: error,
        });
      }
    }
    return file;
  }

  async get(name: string, maxBytes: number): Promise<Buffer | undefined> {
    return this.#reading(name, async () => readBounded(join(await this.#folder(), name), maxBytes));
  }

  async list(prefix: string): Promise<string[]> {
    const names = await this.#reading('', async () => readdir(await this.#folder(), { recursive: true }));
    return (names ?? []).filter((name) => name.startsWith(prefix));
  }

  /** Beside the state itself, by whatever link it was named: there everybody looks. */
  async #folder(): Promise<string> {
    return `${await realpath(this.state)}.tfrepair`;
  }

  async #reading<T>(name: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return undefined;
      const file = join(`${this.state}.tfrepair`, name);
      throw new FailedError('NoteUnreadable', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
    }
  }
}
