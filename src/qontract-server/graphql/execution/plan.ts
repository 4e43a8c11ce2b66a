import {
  getArgumentValues,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';

import type { Arguments, FieldResolver } from '../resolver.js';
import type { Resolvers } from '../resolvers.js';
import { collectFields } from './collect-fields.js';
import { introspection, type IntrospectionContext } from './introspection.js';
import { quoted } from './json-text.js';
import { leaf } from './leaf.js';
import { writeObject, type FieldPlan, type ObjectPlan } from './object.js';
import { FAILED, type Complete, type FieldSite } from './outcome.js';
import { runtimeType } from './runtime-type.js';
import { list, nonNull, nullable } from './wrapping.js';

/** What plans are made with. */
export interface PlanContext extends IntrospectionContext {
  readonly resolvers: Resolvers;
}

/** A field's plan before its place among the others is known. */
type Unplaced = Omit<FieldPlan, 'prefix'>;

/**
 * Plans what is written for objects of a type: everything that does not depend on the object is worked out here, once. The
 * objects within are planned when the first of them is met.
 *
 * @param nodes the fields of the query, or the operation, whose selections are asked of the object
 * @throws GraphQLError for a directive whose argument has no value
 */
export function planObject(
  type: GraphQLObjectType,
  nodes: readonly Pick<FieldNode, 'selectionSet'>[],
  context: PlanContext,
): ObjectPlan {
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const plan: FieldPlan[] = [];
  let visited = false;
  for (const [key, fieldNodes] of collectFields(type, selectionSets, context)) {
    const field = planField(type, key, fieldNodes, context);
    const prefix = `${plan.length === 0 ? '{' : ','}${quoted(key)}:`;
    plan.push({ ...field, prefix, visits: field.visits && !visited });
    visited ||= field.visits;
  }
  return plan;
}

function planField(
  type: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
  context: PlanContext,
): Unplaced {
  const name = nodes[0]?.name.value ?? '';
  const site = { parentType: type.name, name, nodes };
  const field = type.getFields()[name];
  if (field === undefined) return planMetaField(key, site, context);
  const resolver = context.resolvers.ofField(type.name, name);
  return {
    ...site,
    key,
    visits: resolver?.visits ?? false,
    isNullable: !isNonNullType(field.type),
    resolve: withArguments(resolver, field, site, context),
    complete: completerOf(field.type, site, context),
  };
}

/** `__typename`, and at the root `__schema` and `__type`. */
function planMetaField(key: string, site: FieldSite, context: PlanContext): Unplaced {
  const isTypeName = site.name === TypeNameMetaFieldDef.name;
  return {
    ...site,
    key,
    visits: false,
    isNullable: false,
    resolve: () => site.parentType,
    complete: isTypeName ? leaf(GraphQLString, site) : introspection(key, site, context),
  };
}

/** Binds the arguments, which are the same for every object; those that are not as they should be fail every object. */
function withArguments(
  resolver: FieldResolver | undefined,
  field: GraphQLField<unknown, unknown>,
  site: FieldSite,
  context: PlanContext,
): FieldPlan['resolve'] {
  const [node] = site.nodes;
  if (resolver === undefined || node === undefined) return () => undefined;
  if (field.args.length === 0) return (source) => resolver.resolve(source, NO_ARGUMENTS);
  let args: Arguments | undefined;
  return (source) => {
    args ??= getArgumentValues(field, node, context.variables);
    return resolver.resolve(source, args);
  };
}

const NO_ARGUMENTS: Arguments = {};

function completerOf(type: GraphQLOutputType, site: FieldSite, context: PlanContext): Complete {
  if (!isNonNullType(type)) return nullable(present(type, site, context));
  const inner: GraphQLOutputType = type.ofType;
  return nonNull(present(inner, site, context), site);
}

/** How a value that is not null is completed. */
function present(type: GraphQLOutputType, site: FieldSite, context: PlanContext): Complete {
  if (isListType(type)) return list(completerOf(type.ofType, site, context), site);
  if (isObjectType(type)) return object(type, site, context);
  if (isAbstractType(type)) return abstract(type, site, context);
  if (isLeafType(type)) return leaf(type, site);
  return completerOf(type, site, context);
}

function object(type: GraphQLObjectType, site: FieldSite, context: PlanContext): Complete {
  let plan: ObjectPlan | undefined;
  return (value, run, depth) => {
    try {
      plan ??= planObject(type, site.nodes, context);
    } catch (error) {
      run.fail(error, site.nodes, depth);
      return FAILED;
    }
    return writeObject(plan, value, run, depth + 1);
  };
}

function abstract(type: GraphQLAbstractType, site: FieldSite, context: PlanContext): Complete {
  const typeOf = context.resolvers.ofType(type.name);
  const byName = new Map<string | undefined, Complete>();
  return (value, run, depth) => {
    const name = typeOf?.(value);
    let complete = byName.get(name);
    if (complete === undefined) {
      complete = completeRuntimeType(name, type, site, context);
      byName.set(name, complete);
    }
    return complete(value, run, depth);
  };
}

function completeRuntimeType(
  name: string | undefined,
  type: GraphQLAbstractType,
  site: FieldSite,
  context: PlanContext,
): Complete {
  try {
    return object(runtimeType(name, type, site, context.schema), site, context);
  } catch (error) {
    return (_value, run, depth) => {
      run.fail(error, site.nodes, depth);
      return FAILED;
    };
  }
}
