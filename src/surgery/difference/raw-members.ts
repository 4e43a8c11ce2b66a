import { membersOf } from '../document/members.js';
import type { StateDocument } from '../document/state-document.js';

/** The members of an object by their names, each as the bytes that it is written with (one character a byte). */
export type RawMembers = ReadonlyMap<string, string>;

/** Those of the object that begins at `start`. */
export function rawMembers({ bytes }: StateDocument, start: number): RawMembers {
  return new Map(
    membersOf(bytes, start).map(({ name, valueStart, end }) => [
      name,
      bytes.toString('latin1', valueStart, end),
    ]),
  );
}

/** Those of the object, whatever its layout: without white space between tokens, and every text spelled alike. */
export function plainMembers(document: StateDocument, start: number): RawMembers {
  return new Map([...rawMembers(document, start)].map(([name, value]) => [name, plain(value)]));
}

/** @param value JSON, one character a byte */
export function plain(value: string): string {
  return value.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, (token) =>
    token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : '',
  );
}

/** The names of members that are not the same in both, but for those that may differ; without any value. */
export function differingMembers(a: RawMembers, b: RawMembers, mayDiffer: readonly string[]): string[] {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].filter((name) => !mayDiffer.includes(name) && a.get(name) !== b.get(name));
}
