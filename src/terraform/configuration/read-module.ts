import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import type { JsonObject } from '../../json.js';
import type { Product } from '../executable.js';
import type { ParseHcl } from '../hcl/hcl-parser.js';
import { configFilesAmong, type ConfigFile } from './config-files.js';
import { parseJsonFile } from './json-file.js';
import { moduleConfig, type ConfigBody, type ModuleConfig } from './module-config.js';
import type { ReadModule } from './read-tree.js';
import { tooLarge } from './too-large.js';

const MEGABYTE = 1024 * 1024;
const MAX_FILE_BYTES = 32 * MEGABYTE;
const MAX_TOTAL_BYTES = 256 * MEGABYTE;
const MAX_FILES = 20_000;

export interface ModuleReaderOptions {
  /** The root's folder; messages name files relative to it. */
  readonly folder: string;
  readonly product: Product;
  readonly parseHcl: ParseHcl;
}

/**
 * Reads the folders of one configuration, each once. Only names and texts of configuration files are looked at.
 *
 * The reader throws FailedError `HclInvalid`, `ConfigurationTooLarge` and `ConfigurationUnreadable`.
 */
export function moduleReader(options: ModuleReaderOptions): ReadModule {
  const known = new Map<string, Promise<ModuleConfig | undefined>>();
  const budget = new Budget();
  return (folder) => {
    const reading = known.get(folder) ?? readModule(folder, options, budget);
    known.set(folder, reading);
    return reading;
  };
}

/** What may still be read. */
class Budget {
  #files = 0;
  #bytes = 0;

  spend(bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
    if (this.#files > MAX_FILES) throw tooLarge(`${MAX_FILES} files`);
    if (this.#bytes > MAX_TOTAL_BYTES) throw tooLarge(`${MAX_TOTAL_BYTES / MEGABYTE} MB`);
  }
}

async function readModule(
  folder: string,
  options: ModuleReaderOptions,
  budget: Budget,
): Promise<ModuleConfig | undefined> {
  const bodies: ConfigBody[] = [];
  for (const file of configFilesAmong(await namesIn(folder), options.product)) {
    const path = join(folder, file.name);
    const shown = relative(options.folder, path);
    const text = await textOf(path, shown);
    if (text === undefined) continue;
    budget.spend(text.length);
    bodies.push({ body: await bodyOf(file, shown, text, options.parseHcl), isOverride: file.isOverride });
  }
  return bodies.length === 0 ? undefined : moduleConfig(bodies);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return [];
    throw unreadable(folder, error);
  }
}

/** Undefined when it is no file: Terraform passes over folders with such names, and a pipe would never end. */
async function textOf(path: string, shown: string): Promise<Buffer | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined;
    return await readBounded(path, MAX_FILE_BYTES);
  } catch (error) {
    throw unreadable(shown, error);
  }
}

async function bodyOf(
  { syntax }: ConfigFile,
  shown: string,
  text: Buffer,
  parseHcl: ParseHcl,
): Promise<JsonObject> {
  return syntax === 'hcl' ? parseHcl(shown, text.toString('utf8')) : parseJsonFile(shown, text);
}

function unreadable(what: string, cause: unknown): FailedError {
  return new FailedError('ConfigurationUnreadable', `cannot read ${what}: ${messageOf(cause)}`, { cause });
}
