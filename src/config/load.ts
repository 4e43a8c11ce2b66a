import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { TomlError, parse } from 'smol-toml';
import * as v from 'valibot';

import { FailedError, messageOf, systemCodeOf } from '../errors.js';
import { EMPTY_CONFIG, type Config } from './config.js';
import { GraphqlSection, TfrepairSection, VaultSection } from './schema.js';

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
    document,
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = systemCodeOf(error) === 'ENOENT' ? 'it does not exist' : messageOf(error);
    throw new FailedError('ConfigUnreadable', `cannot read the configuration file ${file}: ${why}`, {
      hint: 'name another with --config FILE or QONTRACT_CONFIG',
      cause: error,
    });
  }
}

function parseToml(text: string, file: string): Record<string, unknown> {
  try {
    return parse(text);
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
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const problems = parsed.issues.map((issue) => problemAt(issue, name));
  throw new FailedError('ConfigInvalid', `${file}: ${problems.join('; ')}`, {
    hint: 'docs/configuration.md lists every key of [tfrepair]',
  });
}

/** Names the key and what it should have been, never the value: it may be a secret. */
function problemAt(issue: v.GenericIssue, name: string): string {
  const path = v.getDotPath(issue);
  const key = path === null ? name : `${name}.${path}`;
  if (issue.expected === 'never') return `unknown key ${key}`;
  const expected = issue.type === 'url' ? 'a URL' : (issue.expected ?? issue.type);
  const received = issue.kind === 'schema' ? `, not ${kindOf(issue.input)}` : '';
  return `${key} must be ${expected.replace(/^"?(string|number|boolean|Object|Array)"?$/, aOrAn)}${received}`;
}

function aOrAn(kind: string): string {
  return (
    { string: 'a string', number: 'a number', boolean: 'a boolean', Object: 'a table', Array: 'an array' }[
      kind
    ] ?? kind
  );
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'absent';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'a table' : `a ${typeof value}`;
}
