import { type Key, type Mapping, type Value } from '../value.js';

/** The value as a key of a mapping; undefined when JSON cannot have it as one. */
export function toKey(value: Value): Key | undefined {
  const fits = typeof value !== 'object' || value === null;
  return fits && typeof value !== 'bigint' ? value : undefined;
}

/** Why the keys of a mapping cannot be sorted: they are of several types. */
export function keyProblem(mapping: Mapping): string | undefined {
  const kinds = new Set<string>();
  for (const key of mapping.keys()) kinds.add(typeof key);
  if (kinds.size <= 1) return undefined;
  const odd = [...mapping.keys()].find((key) => typeof key !== 'string');
  return `its keys are partly text, partly not (${String(odd)}): JSON cannot hold them in order`;
}
