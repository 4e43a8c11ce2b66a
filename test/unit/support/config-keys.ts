import type * as v from 'valibot';

/** The keys of a section of the configuration file, those of tables with a dot: `server.port`. */
export function keysOf(entries: v.ObjectEntries, prefix = ''): string[] {
  return Object.entries(entries).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    const inner: unknown = 'wrapped' in schema ? schema.wrapped : schema;
    return isTable(inner) ? keysOf(inner.entries, `${name}.`) : [name];
  });
}

function isTable(schema: unknown): schema is { readonly entries: v.ObjectEntries } {
  return typeof schema === 'object' && schema !== null && 'entries' in schema;
}
