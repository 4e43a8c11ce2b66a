import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes secrets that are found wherever they get to, each with the name of what it is. */
export class Canaries {
  readonly #values = new Map<string, string>();

  /** A secret that nothing else looks like. @param like what it must look like at its beginning */
  plant(name: string, like = ''): string {
    const value = `${like}Canary0${this.#values.size}x`;
    this.#values.set(name, value);
    return value;
  }

  /** A secret that somebody else made. */
  adopt(name: string, value: string): string {
    this.#values.set(name, value);
    return value;
  }

  /** The names of those that stand in a text, as they are or in base64. */
  in(text: string): string[] {
    return [...this.#values].flatMap(([name, value]) =>
      [value, JSON.stringify(value).slice(1, -1), base64(value)].some((form) => text.includes(form))
        ? [name]
        : [],
    );
  }

  /** The names of those that stand in a file of a folder, with the file; in its name, too. */
  async inFolder(folder: string, except: readonly string[] = []): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const found: string[] = [];
    for (const entry of entries) {
      const file = join(entry.parentPath, entry.name);
      if (except.some((path) => file.startsWith(path))) continue;
      const text = entry.isFile() ? await readFile(file, 'latin1') : '';
      found.push(...this.in(`${entry.name}\n${text}`).map((name) => `${file}: ${name}`));
    }
    return found;
  }
}

/** Without what depends on the neighbours. */
function base64(value: string): string {
  return Buffer.from(value).toString('base64').replaceAll('=', '').slice(0, -1);
}

/** The command lines of all processes at this moment. */
export async function commandLines(): Promise<string> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = processes.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(lines)).join('\n').replaceAll('\0', ' ');
}
