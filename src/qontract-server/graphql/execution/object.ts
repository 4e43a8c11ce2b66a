import { EMPTY, FAILED, WRITTEN, type Complete, type FieldSite, type Outcome } from './outcome.js';
import type { Run } from './run.js';
import { visit } from '../visited-schemas.js';

/** One field of an answer's object: where its value comes from, and how it is written. */
export interface FieldPlan extends FieldSite {
  /** The name in the answer. */
  readonly key: string;
  /** The JSON text up to the value: `{"name":` for the first field, `,"name":` for the others. */
  readonly prefix: string;
  /** Whether this is the first field of the object to count as a visit to it. */
  readonly visits: boolean;
  readonly isNullable: boolean;
  readonly resolve: (source: unknown) => unknown;
  readonly complete: Complete;
}

/** The fields that are asked of objects of one type at one place of a query, in the order of the answer. */
export type ObjectPlan = readonly FieldPlan[];

/** Writes an object. `depth` is that of its fields' path entries. */
export function writeObject(plan: ObjectPlan, source: unknown, run: Run, depth: number): Outcome {
  run.breathe();
  if (plan.length === 0) {
    run.out.text += '{}';
    return EMPTY;
  }
  for (const field of plan) {
    run.path[depth] = field.key;
    run.out.text += field.prefix;
    if (field.visits) visit(source, run.visited);
    if (writeField(field, source, run, depth) === FAILED) return FAILED;
  }
  run.out.text += '}';
  return WRITTEN;
}

function writeField(field: FieldPlan, source: unknown, run: Run, depth: number): Outcome {
  let value: unknown;
  try {
    value = field.resolve(source);
  } catch (error) {
    run.fail(error, field.nodes, depth);
    if (!field.isNullable) return FAILED;
    value = null;
  }
  return field.complete(value, run, depth);
}
