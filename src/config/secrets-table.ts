import { inspect } from 'node:util';

import { Secret } from '../secret.js';

const MASK = '[secrets]';

/** The fields of one secret. */
export type SecretFields = ReadonlyMap<string, Secret>;

/**
 * The secrets that a configuration file holds itself (`vault: false` in app-interface): each is a table whose path is
 * the secret's path split on `/`. Printing this prints none of them.
 */
export class SecretsTable {
  readonly #document: Readonly<Record<string, unknown>>;

  /** @param document the whole TOML document, as parsed */
  constructor(document: Readonly<Record<string, unknown>>) {
    this.#document = document;
  }

  /**
   * The secret at `path`, e.g. `creds/terraform/acme-stage/config`; undefined when the file has none there. Values
   * that are not text (a number, a date) are given as text; tables inside are other secrets, and left out.
   */
  lookup(path: string): SecretFields | undefined {
    const table = tableAt(this.#document, path.split('/'));
    if (table === undefined) return undefined;
    const fields = Object.entries(table).flatMap(([name, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, new Secret(text)] as const];
    });
    return fields.length === 0 ? undefined : new Map(fields);
  }

  /** Whether any table, at any depth, has all these fields. */
  someTableHas(fields: readonly string[]): boolean {
    return hasFields(this.#document, fields);
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

type Table = Readonly<Record<string, unknown>>;

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function tableAt(document: Table, path: readonly string[]): Table | undefined {
  let here: unknown = document;
  for (const name of path) {
    if (!isTable(here) || !Object.hasOwn(here, name)) return undefined;
    here = here[name];
  }
  return isTable(here) ? here : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return value instanceof Date ? value.toISOString() : undefined;
}

function hasFields(table: Table, fields: readonly string[]): boolean {
  if (fields.every((field) => Object.hasOwn(table, field))) return true;
  return Object.values(table).some((value) => isTable(value) && hasFields(value, fields));
}
