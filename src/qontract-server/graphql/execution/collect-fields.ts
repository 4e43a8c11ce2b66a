import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  typeFromAST,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What selections are read with: the schema, the fragments of the document, the coerced variables of the request. */
export interface SelectionContext {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The fields that selection sets ask of an object type, by the name they have in the answer and in the order of the answer:
 * fragments that apply are spread out, `@skip` and `@include` are obeyed (GraphQL specification, 6.3.2 CollectFields).
 *
 * @throws GraphQLError for a directive whose argument has no value
 */
export function collectFields(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  context: SelectionContext,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = (selectionSet: SelectionSetNode): void => {
    for (const selection of selectionSet.selections) {
      if (!isIncluded(selection, context)) continue;
      if (selection.kind === Kind.FIELD) {
        addTo(fields, selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(selection, type, context)) collect(selection.selectionSet);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = context.fragments.get(selection.name.value);
        if (fragment !== undefined && applies(fragment, type, context)) collect(fragment.selectionSet);
      }
    }
  };
  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}

function addTo(fields: Map<string, FieldNode[]>, node: FieldNode): void {
  const name = (node.alias ?? node.name).value;
  const nodes = fields.get(name);
  if (nodes === undefined) fields.set(name, [node]);
  else nodes.push(node);
}

function isIncluded(selection: SelectionNode, { variables }: SelectionContext): boolean {
  if (selection.directives === undefined || selection.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false;
}

function applies(
  fragment: FragmentDefinitionNode | InlineFragmentNode,
  type: GraphQLObjectType,
  { schema }: SelectionContext,
): boolean {
  if (fragment.typeCondition === undefined) return true;
  const condition = typeFromAST(schema, fragment.typeCondition);
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}
