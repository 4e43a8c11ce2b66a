import { isJsonObject } from '../bundle/json.js';

/** The `$schema` of every object that a query visits, in order of the first visit: the answer's `extensions.schemas`. */
export type VisitedSchemas = Set<unknown>;

/** Records that a field of an object is read. */
export function visit(source: unknown, visited: VisitedSchemas): void {
  if (!isJsonObject(source)) return;
  const schema = source['$schema'];
  if (schema) visited.add(schema);
}
