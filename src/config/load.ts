import { resolve } from 'node:path';

import { TomlError, parse } from 'smol-toml';
import * as v from 'valibot';

import { readBounded } from '../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../errors.js';
import { EMPTY_CONFIG, type Config } from './config.js';
import { describeIssue } from './invalid-section.js';
import { GraphqlSection, TfrepairSection, VaultSection } from './schema.js';
import { SecretsTable } from './secrets-table.js';

/** A configuration file is a page or two, also with the secrets of every account in it. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads the configuration file named by `--config`, or by `QONTRACT_CONFIG` in `env`; without either the configuration
 * is empty.
 *
 * @throws FailedError `ConfigUnreadable`, `ConfigSyntax` (with line and column) or `ConfigInvalid` (with the key's path)
 */
export async function loadConfig(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Config> {
  const name = flag ?? env['QONTRACT_CONFIG'];
  if (name === undefined || name === '') return EMPTY_CONFIG;
  const file = resolve(name);
  return parseConfig(await read(file), file);
}

/** The configuration in the text of a TOML file. @throws FailedError `ConfigSyntax` or `ConfigInvalid` */
export function parseConfig(text: string, file: string): Config {
  const document = parseToml(text, file);
  const vault = document['vault'];
  return {
    file,
    graphql: section(GraphqlSection, document['graphql'] ?? {}, 'graphql', file),
    vault: vault === undefined ? undefined : section(VaultSection, vault, 'vault', file),
    tfrepair: section(TfrepairSection, document['tfrepair'] ?? {}, 'tfrepair', file),
    secrets: new SecretsTable(document),
  };
}

async function read(file: string): Promise<string> {
  try {
    // Drops a byte order mark, which editors on Windows write.
    return new TextDecoder('utf-8', { fatal: true }).decode(await readBounded(file, MAX_BYTES));
  } catch (error) {
    throw new FailedError(
      'ConfigUnreadable',
      `cannot read the configuration file ${file}: ${whyNot(error)}`,
      {
        hint: 'name another with --config FILE or QONTRACT_CONFIG',
        cause: error,
      },
    );
  }
}

function whyNot(error: unknown): string {
  const code = systemCodeOf(error) ?? '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'it does not exist',
    EISDIR: 'it is a directory',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
  };
  return known[code] ?? messageOf(error);
}

function parseToml(text: string, file: string): Record<string, unknown> {
  try {
    // Numbers beyond 2^53 may well be in the parts that belong to others.
    return parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // smol-toml's message goes on with an excerpt of the file, which may hold a secret.
    const [summary = ''] = error.message.split('\n');
    const place = `${file}:${error.line}:${error.column}`;
    throw new FailedError('ConfigSyntax', `${place}: ${summary.replace(/^Invalid TOML document: /, '')}`, {
      hint: 'correct the TOML at that line',
    });
  }
}

function section<T extends v.GenericSchema>(
  schema: T,
  value: unknown,
  name: string,
  file: string,
): v.InferOutput<T> {
  // Only the first mistake of each key: a later one follows from it.
  const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
  if (parsed.success) return parsed.output;
  const problems = parsed.issues.map((issue) => describeIssue(issue, name));
  throw new FailedError('ConfigInvalid', `${file}: ${problems.join('; ')}`, {
    hint: 'docs/configuration.md lists every key of [tfrepair]',
  });
}
