import {
  executeSync,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';

import { isJsonObject } from '../../bundle/json.js';
import type { SelectionContext } from './collect-fields.js';
import { formatError } from './errors.js';
import { FAILED, WRITTEN, type Complete, type FieldSite } from './outcome.js';

/** Writes a field that asks about the schema itself, which graphql-js answers. */
export function introspection(key: string, site: FieldSite, context: IntrospectionContext): Complete {
  return (_value, run) => {
    const { data, errors = [] } = executeSync({
      schema: context.schema,
      document: documentOf(site, context),
      variableValues: context.rawVariables,
    });
    run.errors.push(...errors.map((error) => formatError(error)));
    if (data === undefined || data === null) return FAILED;
    run.out.text += JSON.stringify(withoutEmptyObjects(data[key]));
    return WRITTEN;
  };
}

export interface IntrospectionContext extends SelectionContext {
  readonly operation: OperationDefinitionNode;
  /** As in the request: graphql-js coerces them itself. */
  readonly rawVariables: Readonly<Record<string, unknown>>;
}

/** A document that asks for that field alone. */
function documentOf(site: FieldSite, { operation, fragments }: IntrospectionContext): DocumentNode {
  const selectionSet = { ...operation.selectionSet, selections: site.nodes };
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, operation: OperationTypeNode.QUERY, selectionSet }, ...fragments.values()],
  };
}

function withoutEmptyObjects(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    return elements.filter((element) => !isEmptyObject(element)).map(withoutEmptyObjects);
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutEmptyObjects(field)]));
}

function isEmptyObject(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
