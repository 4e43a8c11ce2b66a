import type { StateInstance } from '../../terraform/state/state.js';
import { nameOf } from '../naming.js';
import { pairRekeyed } from './rekeyed.js';
import { likeness, type Likeness, type Wanted } from './likeness.js';

/** A delete and a create that are about one object. */
export interface Rename {
  readonly from: StateInstance;
  readonly to: Wanted;
  readonly alike: Likeness['alike'] | 'rekeyed' | 'by-company';
  /** Whether its name in AWS changes as well. */
  readonly isNamedAnew: boolean;
  /** The arguments that are equal. */
  readonly same: readonly string[];
}

type Scored = Rename & { readonly score: number };

/** A crowd of more pairs that look alike is not looked through: nothing in it would be sure. */
const MAX_CROWD = 2500;
/** Names that changed; more of them are not tried on what is left. */
const MAX_WORDS = 50;

/** Pairs deletes and creates of one type, each at most once, the surest pairs first. */
export function pairRenames(deletes: readonly StateInstance[], creates: readonly Wanted[]): Rename[] {
  const rekeyed = pairRekeyed(deletes, creates).map((pair): Rename => ({
    ...pair,
    ...{ alike: 'rekeyed', isNamedAnew: isNamedAnew(pair.from, pair.to), same: [] },
  }));
  const taken = new Set<unknown>(rekeyed.flatMap(({ from, to }) => [from, to]));
  const rest = pairNames(
    deletes.filter((from) => !taken.has(from)),
    creates.filter((to) => !taken.has(to)),
  );
  return [...rekeyed, ...rest];
}

function pairNames(deletes: readonly StateInstance[], creates: readonly Wanted[]): Rename[] {
  const byName = pairAlike(deletes, creates, (type, values) => `${type} ${nameOf(values)?.name ?? ''}`);
  const byType = pairAlike(
    deletes.filter((from) => byName.every((pair) => pair.from !== from)),
    creates.filter((to) => byName.every((pair) => pair.to !== to)),
    (type) => type,
  );
  const pairs = [...byName, ...byType];
  return [...pairs, ...byCompany(pairs, deletes, creates)];
}

/** Only what fits one and one only, better than anything else, is paired: a guess would move the wrong object. */
function pairAlike(
  deletes: readonly StateInstance[],
  creates: readonly Wanted[],
  keyOf: (type: string, values: Wanted['values']) => string,
): Rename[] {
  const crowds = group(creates, ({ type, values }) => keyOf(type, values));
  const rivals = group(deletes, ({ type, attributes }) => keyOf(type, attributes));
  const found: Scored[] = [];
  for (const [key, froms] of rivals) {
    const tos = crowds.get(key) ?? [];
    if (froms.length * tos.length > MAX_CROWD) continue;
    for (const from of froms) for (const to of tos) found.push(...scored(from, to));
  }
  const [bestFrom, bestTo] = [best(found, ({ from }) => from), best(found, ({ to }) => to)];
  return found.filter((pair) => bestFrom.get(pair.from) === pair && bestTo.get(pair.to) === pair);
}

function scored(from: StateInstance, to: Wanted): Scored[] {
  const found = likeness(from, to);
  return found === undefined ? [] : [{ from, to, isNamedAnew: isNamedAnew(from, to), ...found }];
}

/** For each end its one best pair; undefined when two are equally good. */
function best(pairs: readonly Scored[], end: (pair: Scored) => object): Map<object, Scored | undefined> {
  const scores = new Map<object, number>();
  const found = new Map<object, Scored | undefined>();
  for (const pair of pairs) {
    const score = scores.get(end(pair)) ?? -1;
    if (pair.score < score) continue;
    found.set(end(pair), pair.score === score ? undefined : pair);
    scores.set(end(pair), pair.score);
  }
  return found;
}

/** What is left and renamed as others were: an access key beside its user, an attachment beside its policy. */
function byCompany(
  pairs: readonly Rename[],
  deletes: readonly StateInstance[],
  creates: readonly Wanted[],
): Rename[] {
  const words = [...new Map(pairs.map(({ from, to }) => [from.name, lastName(to.address)]))].slice(
    0,
    MAX_WORDS,
  );
  const taken = new Set<unknown>(pairs.flatMap(({ from, to }) => [from, to]));
  const free = new Map(creates.filter((to) => !taken.has(to)).map((to) => [to.address, to]));
  const found: Rename[] = [];
  for (const from of deletes) {
    if (taken.has(from)) continue;
    const to = words
      .map(([old, now]) => free.get(from.address.replace(`.${old}`, `.${now}`)))
      .find((wanted) => wanted?.type === from.type);
    if (to === undefined) continue;
    free.delete(to.address);
    found.push({ from, to, alike: 'by-company', isNamedAnew: isNamedAnew(from, to), same: [] });
  }
  return found;
}

function isNamedAnew(from: StateInstance, { values }: Wanted): boolean {
  const wanted = nameOf(values);
  return wanted !== undefined && from.attributes[wanted.argument] !== wanted.name;
}

/** The resource's name in an address. */
function lastName(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '').replace(/^.*\./, '');
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return groups;
}
