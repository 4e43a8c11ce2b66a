import { distance } from 'fastest-levenshtein';

/**
 * The names most like `wanted`, nearest first: at most `limit`, and none that differs in more than about a third of its
 * letters (a suggestion further off than that only confuses).
 */
export function nearest(wanted: string, names: Iterable<string>, limit = 3): string[] {
  return [...new Set(names)]
    .map((name) => ({ name, edits: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(2, Math.ceil(Math.max(name.length, wanted.length) / 3)))
    .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}
