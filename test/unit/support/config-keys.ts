import type * as v from 'valibot';

/** The keys of a section of the configuration file, those of tables with a dot: `server.port`, `people.NAME.arns`. */
export function keysOf(entries: v.ObjectEntries, prefix = ''): string[] {
  return Object.entries(entries).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    const inner: unknown = 'wrapped' in schema ? schema.wrapped : schema;
    if (isTable(inner)) return keysOf(inner.entries, `${name}.`);
    return isRecordOfTables(inner) ? keysOf(inner.value.entries, `${name}.NAME.`) : [name];
  });
}

function isTable(schema: unknown): schema is { readonly entries: v.ObjectEntries } {
  return typeof schema === 'object' && schema !== null && 'entries' in schema;
}

function isRecordOfTables(
  schema: unknown,
): schema is { readonly value: { readonly entries: v.ObjectEntries } } {
  return typeof schema === 'object' && schema !== null && 'value' in schema && isTable(schema.value);
}
