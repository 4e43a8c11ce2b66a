import * as v from 'valibot';

import { FailedError } from '../../errors.js';
import type { ProviderDefinition, ProviderRenderer, TypedSpec } from './provider.js';
import type { Spec } from './spec.js';

/**
 * Makes a provider of its definition: from here on each spec is checked against `fields` before anything reads it.
 *
 * The renderer's `needs` and `files` see the same checked spec as its `render`.
 */
export function defineProvider<E extends v.ObjectEntries>(
  definition: ProviderDefinition<E>,
): ProviderRenderer {
  const schema = v.object(definition.fields);
  const typed = (spec: Spec): TypedSpec<v.InferOutput<typeof schema>> => {
    const parsed = v.safeParse(schema, spec.fields);
    if (parsed.success) return { ...spec, own: parsed.output };
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'spec'}: ${issue.message}`);
    throw new FailedError('SpecInvalid', problems.join('; '));
  };
  return {
    provider: definition.provider,
    graphqlType: definition.graphqlType,
    selection: definition.selection,
    files: (spec) =>
      (definition.files?.(typed(spec)) ?? []).filter((path) => path !== null && path !== undefined),
    needs: (spec, input) => definition.needs?.(typed(spec), input) ?? [],
    render: (spec, context) => {
      definition.render(typed(spec), context);
    },
  };
}

/** A reference to a secret. */
export const requiredSecret = v.object({
  path: v.string(),
  field: v.string(),
  version: v.nullish(v.number()),
  format: v.nullish(v.string()),
});

/** Schemas of fields that many providers have. */
export const field = {
  text: v.nullish(v.string()),
  flag: v.nullish(v.boolean()),
  number: v.nullish(v.number()),
  texts: v.nullish(v.array(v.string())),
  /** Scalar `json`: JSON text, or empty. */
  json: v.nullish(v.pipe(v.string(), v.check(isJsonText, 'not JSON'))),
  secret: v.nullish(requiredSecret),
} as const;

function isJsonText(text: string): boolean {
  if (text === '') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
