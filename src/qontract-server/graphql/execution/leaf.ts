import { GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLString, type GraphQLLeafType } from 'graphql';

import { quoted } from './json-text.js';
import { FAILED, WRITTEN, type Complete, type FieldSite } from './outcome.js';

/** The JSON text of a value that needs no conversion to a type; undefined for all other values. */
type Shortcut = (value: unknown) => string | undefined;

const SHORTCUTS = new Map<GraphQLLeafType, Shortcut>([
  [GraphQLString, (value) => (typeof value === 'string' ? quoted(value) : undefined)],
  [GraphQLBoolean, (value) => (typeof value === 'boolean' ? String(value) : undefined)],
  [GraphQLInt, (value) => (typeof value === 'number' && (value | 0) === value ? String(value) : undefined)],
  [GraphQLFloat, (value) => (Number.isFinite(value) ? String(value) : undefined)],
]);

/** Writes a scalar. A value that its type cannot represent is an error of the field. */
export function leaf(type: GraphQLLeafType, site: FieldSite): Complete {
  const shortcut = SHORTCUTS.get(type) ?? (() => undefined);
  return (value, run, depth) => {
    const text = shortcut(value);
    if (text !== undefined) {
      run.out.text += text;
      return WRITTEN;
    }
    try {
      run.out.text += JSON.stringify(type.serialize(value));
      return WRITTEN;
    } catch (error) {
      run.fail(error, site.nodes, depth);
      return FAILED;
    }
  };
}
