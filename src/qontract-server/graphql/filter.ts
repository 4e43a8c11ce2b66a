import { GraphQLError } from 'graphql';

import { isJsonObject } from '../bundle/json.js';
import type { FieldConf, TypeConf } from '../bundle/type-conf.js';
import { ownField } from './plain-field.js';

/** Whether an object (or, below a list field, the whole list) is selected. */
export type Predicate = (source: unknown) => boolean;

/** What filters need to know of the schema and the data. */
export interface FilterContext {
  readonly typeNamed: (name: string) => TypeConf | undefined;
  /** The fields of a type by name, those of its implementations included where it is an interface with a field map. */
  readonly fieldsOf: (type: TypeConf) => ReadonlyMap<string, FieldConf>;
  /** The value of a field with its references resolved. */
  readonly valueOf: (source: unknown, field: string) => unknown;
}

/** Selects by the equality of a field: the arguments made from searchable fields, and `path`. */
export function equals(field: string, value: unknown): Predicate {
  return (source) => fieldOf(source, field) === value;
}

/**
 * Compiles the generic `filter` argument of a datafile query. Its entries are all to be met; an entry is a plain value (null
 * also matches a missing field), a list for a list field, or a condition: `{in: […]}`, `{filter: {…}}` or `{ne: …}`.
 *
 * @throws GraphQLError `BAD_FILTER_FIELD` for a field that the type does not have
 */
export function compileFilter(type: TypeConf, filter: unknown, context: FilterContext): Predicate {
  if (typeof filter !== 'object' || filter === null) return () => false;
  const fields = context.fieldsOf(type);
  const predicates = Object.entries(filter).map(([name, value]: [string, unknown]) => {
    const field = fields.get(name);
    if (field === undefined) throw unknownField(name, type);
    return fieldPredicate(field, value, context);
  });
  return (source) => predicates.every((predicate) => predicate(source));
}

function unknownField(field: string, type: TypeConf): GraphQLError {
  return new GraphQLError(`Field "${field}" does not exist on type "${type.name}"`, {
    extensions: { code: 'BAD_FILTER_FIELD', gqlType: type.name },
  });
}

function fieldPredicate(field: FieldConf, value: unknown, context: FilterContext): Predicate {
  if (field.isList && Array.isArray(value)) return equalsList(field.name, value);
  const condition = conditionIn(value);
  if (condition === undefined) return equals(field.name, value);
  const predicate = conditionPredicate(field, condition, context);
  // Below a list field the condition holds for a list when it holds for every element.
  return (source) => (Array.isArray(source) ? source.every(predicate) : predicate(source));
}

type Condition = { readonly operator: 'in' | 'filter' | 'ne'; readonly operand: unknown };

/** The condition that a value states; of several operators only the first counts, in this order. */
function conditionIn(value: unknown): Condition | undefined {
  if (!isJsonObject(value)) return undefined;
  const operator = (['in', 'filter', 'ne'] as const).find((name) => Object.hasOwn(value, name));
  return operator === undefined ? undefined : { operator, operand: value[operator] };
}

function conditionPredicate(
  field: FieldConf,
  { operator, operand }: Condition,
  context: FilterContext,
): Predicate {
  switch (operator) {
    case 'in':
      return isIn(field.name, operand);
    case 'filter':
      return nested(field, operand, context);
    case 'ne':
      return (source) => fieldOf(source, field.name) !== operand;
  }
}

function isIn(field: string, operand: unknown): Predicate {
  if (operand !== null && !Array.isArray(operand)) {
    throw new GraphQLError(`Condition "in" of field "${field}" needs a list`);
  }
  const wanted = new Set<unknown>(operand);
  return (source) => isJsonObject(source) && Object.hasOwn(source, field) && wanted.has(source[field]);
}

/** Applies a filter to what the field refers to. It is compiled on first use: one that is never reached cannot fail. */
function nested(field: FieldConf, operand: unknown, context: FilterContext): Predicate {
  let compiled: Predicate | undefined;
  return (source) => {
    const type = context.typeNamed(field.type);
    if (type === undefined) {
      throw new GraphQLError(`Field "${field.name}" has no fields of its own that a filter could select by`);
    }
    const value = context.valueOf(source, field.name);
    if (value === undefined || value === null) return false;
    compiled ??= compileFilter(type, operand, context);
    return compiled(value);
  };
}

function equalsList(field: string, wanted: readonly unknown[]): Predicate {
  return (source) => {
    const value = fieldOf(source, field);
    if (!Array.isArray(value) || value.length !== wanted.length) return false;
    return value.every((element, index) => element === wanted[index]);
  };
}

/** The field as the data has it; null where there is none. */
function fieldOf(source: unknown, field: string): unknown {
  return isJsonObject(source) ? (ownField(source, field) ?? null) : null;
}
