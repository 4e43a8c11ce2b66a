import { GraphQLError } from 'graphql';

import { EMPTY, FAILED, WRITTEN, type Complete, type FieldSite } from './outcome.js';

/** A value that may be null, and becomes null if something in it that must not be is. */
export function nullable(complete: Complete): Complete {
  return (value, run, depth) => {
    if (value === undefined || value === null) {
      run.out.text += 'null';
      return WRITTEN;
    }
    const before = run.out.mark();
    const outcome = complete(value, run, depth);
    if (outcome !== FAILED) return outcome;
    run.out.reset(before);
    run.out.text += 'null';
    return WRITTEN;
  };
}

/** A value that must not be null. */
export function nonNull(complete: Complete, site: FieldSite): Complete {
  return (value, run, depth) => {
    if (value !== undefined && value !== null) return complete(value, run, depth);
    const message = `Cannot return null for non-nullable field ${site.parentType}.${site.name}.`;
    run.fail(new Error(message), site.nodes, depth);
    return FAILED;
  };
}

/** A list. Elements of which nothing is asked are left out, as the real server does. */
export function list(completeElement: Complete, site: FieldSite): Complete {
  return (value, run, depth) => {
    if (!Array.isArray(value)) {
      const field = `${site.parentType}.${site.name}`;
      run.fail(
        new GraphQLError(`Expected Iterable, but did not find one for field "${field}".`),
        site.nodes,
        depth,
      );
      return FAILED;
    }
    const elements: readonly unknown[] = value;
    let separator = '[';
    for (let index = 0; index < elements.length; index++) {
      run.path[depth + 1] = index;
      const before = run.out.mark();
      run.out.text += separator;
      const outcome = completeElement(elements[index], run, depth + 1);
      if (outcome === FAILED) return FAILED;
      if (outcome === EMPTY) run.out.reset(before);
      else separator = ',';
    }
    run.out.text += separator === '[' ? '[]' : ']';
    return WRITTEN;
  };
}
