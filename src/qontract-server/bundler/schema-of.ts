import { interfaceValue, type GraphqlType } from './graphql-types.js';
import { Float, isMapping, type Mapping, type Value } from './value.js';

/** The JSON schemas of a bundle, by path. */
export type Schemas = ReadonlyMap<string, Value>;

/** The JSON schema of one value of a datafile. */
export interface ValueSchema {
  /** Undefined where no schema says anything of the value. */
  readonly schema: Mapping | undefined;
  /** The schema whose `oneOf` the schema was chosen from by the interface's field. */
  readonly oneOfRoot: Mapping | undefined;
}

const NOTHING_KNOWN: ValueSchema = { schema: undefined, oneOfRoot: undefined };

/**
 * The schema that really describes `data`, found by following `$ref` to another file and by choosing from `oneOf` where
 * the choice is one of the two that app-interface's schemas make: inline or by reference (`$schemaRef`), or by the
 * field that tells the type of a GraphQL interface.
 */
export function resolveSchema(
  found: Value | undefined,
  data: Value,
  type: GraphqlType | undefined,
  schemas: Schemas,
): ValueSchema {
  const schema = follow(found, schemas);
  if (schema === undefined) return NOTHING_KNOWN;
  const choices = schema.has('$schemaRef') ? undefined : schema.get('oneOf');
  if (!Array.isArray(choices) || choices.length === 0) return { schema, oneOfRoot: undefined };
  const inlineOrReferenced = chooseByReference(choices, data);
  if (inlineOrReferenced !== undefined) {
    return { schema: follow(inlineOrReferenced, schemas), oneOfRoot: undefined };
  }
  const value = interfaceValue(type, data);
  if (type?.fieldMap === undefined || !isTruthy(value)) return { schema, oneOfRoot: undefined };
  const chosen = chooseByField(choices, type.fieldMap.field, value, schemas);
  return { schema: chosen, oneOfRoot: chosen === undefined ? undefined : schema };
}

/** Python's truth: what is empty or zero counts as absent. */
export function isTruthy(value: Value | undefined): value is Value {
  if (isMapping(value)) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  return value instanceof Float ? value.value !== 0 : Boolean(value);
}

/** The schema of another file that `$ref` names; a reference to a part of a file (`/common-1.json#/…`) stays. */
function follow(schema: Value | undefined, schemas: Schemas): Mapping | undefined {
  if (!isMapping(schema)) return undefined;
  const ref = schema.has('$schemaRef') ? undefined : schema.get('$ref');
  const target = typeof ref === 'string' ? schemas.get(ref) : undefined;
  return isMapping(target) && target.size > 0 ? target : schema;
}

/** Of two schemas, an inline one and a reference, the one that the data uses; undefined for any other choice. */
function chooseByReference(choices: readonly Value[], data: Value): Mapping | undefined {
  const mappings = choices.filter(isMapping);
  const [referenced, ...others] = mappings.filter((schema) => schema.has('$schemaRef'));
  const [inline] = mappings.filter((schema) => !schema.has('$schemaRef'));
  if (mappings.length !== 2 || choices.length !== 2 || others.length > 0) return undefined;
  if (referenced === undefined || inline === undefined) return undefined;
  return isMapping(data) && data.has('$ref') ? referenced : inline;
}

function chooseByField(
  choices: readonly Value[],
  name: string,
  value: Value,
  schemas: Schemas,
): Mapping | undefined {
  return choices
    .map((choice) => follow(choice, schemas))
    .find((schema) => {
      const properties = schema?.get('properties');
      const property = isMapping(properties) ? properties.get(name) : undefined;
      const allowed = isMapping(property) ? property.get('enum') : undefined;
      return Array.isArray(allowed) && allowed.includes(value);
    });
}
