import { isJsonObject, type Json } from '../../json.js';
import { MASK } from '../masking/secret-values.js';
import { isSensitiveName, looksSecret } from '../masking/sensitive-names.js';
import { jsonIn, meaningOf } from './canonical.js';
import { own } from '../own.js';

/** One value that is another one now; both as they may be shown: JSON, cut when long, `(sensitive)` for a secret. */
export interface AttributeChange {
  /** e.g. `assume_role_policy.Statement[0].Effect` */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Whether there was nothing before. */
  readonly added: boolean;
}

/** More of one instance are not told apart. */
const MAX_CHANGES = 20;
const MAX_SHOWN = 100;

/** A value somewhere in an attribute. */
interface Place {
  readonly path: string;
  /** The name that it goes by, of which its meaning may depend. */
  readonly name: string;
  readonly secret: boolean;
}

/** What differs in meaning between two values of an attribute, down to the innermost values. */
export function changesBetween(
  attribute: string,
  before: Json | undefined,
  after: Json | undefined,
  secret: boolean,
): AttributeChange[] {
  const changes: AttributeChange[] = [];
  descend({ path: attribute, name: attribute, secret }, before, after, changes);
  return changes.slice(0, MAX_CHANGES);
}

function descend(
  place: Place,
  before: Json | undefined,
  after: Json | undefined,
  changes: AttributeChange[],
): void {
  const meaning = meaningOf(place.name, before);
  if (meaning === meaningOf(place.name, after) || changes.length >= MAX_CHANGES) return;
  const [left, right] = [
    unpacked(before) ?? emptyLike(before, after),
    unpacked(after) ?? emptyLike(after, before),
  ];
  if (place.secret || left === undefined || right === undefined) {
    changes.push(change(place, before, after, meaning === undefined));
  } else if (Array.isArray(left) && Array.isArray(right)) {
    descendList(place, left, right, changes);
  } else if (isJsonObject(left) && isJsonObject(right)) {
    descendObject(place, left, right, changes);
  } else {
    changes.push(change(place, before, after, meaning === undefined));
  }
}

/** Nothing is as good as an empty list or object, beside a full one. */
function emptyLike(nothing: Json | undefined, other: Json | undefined): Json | undefined {
  if (nothing !== undefined && nothing !== null && nothing !== '') return undefined;
  const full = unpacked(other);
  if (full === undefined) return undefined;
  return Array.isArray(full) ? [] : {};
}

/** The list or object that a value is or holds as JSON text. */
function unpacked(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return jsonIn(value);
  return typeof value === 'object' && value !== null ? value : undefined;
}

function descendObject(
  place: Place,
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
  changes: AttributeChange[],
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const path = /^[\w-]+$/.test(key) ? `${place.path}.${key}` : `${place.path}[${JSON.stringify(key)}]`;
    descend({ path, name: key, secret: isSensitiveName(key) }, own(before, key), own(after, key), changes);
  }
}

/** Of lists, what only one of them has; a single one on each side is looked into. */
function descendList(
  place: Place,
  before: readonly Json[],
  after: readonly Json[],
  changes: AttributeChange[],
): void {
  const gone = without(place.name, before, after);
  const come = without(place.name, after, before);
  const [onlyGone] = gone;
  const [onlyCome] = come;
  if (gone.length === 1 && come.length === 1 && onlyGone !== undefined && onlyCome !== undefined) {
    const path = `${place.path}[${before.indexOf(onlyGone)}]`;
    descend({ ...place, path }, onlyGone, onlyCome, changes);
    return;
  }
  for (const item of gone) changes.push(change(place, item, undefined, false));
  for (const item of come) changes.push(change(place, undefined, item, true));
  if (gone.length === 0 && come.length === 0) changes.push(change(place, [...before], [...after], false));
}

/** The items of a list whose meanings another list lacks. */
function without(name: string, list: readonly Json[], other: readonly Json[]): Json[] {
  const counts = new Map<string | undefined, number>();
  for (const item of other) {
    const meaning = meaningOf(name, item);
    counts.set(meaning, (counts.get(meaning) ?? 0) + 1);
  }
  return list.filter((item) => {
    const meaning = meaningOf(name, item);
    const left = counts.get(meaning) ?? 0;
    counts.set(meaning, left - 1);
    return left <= 0;
  });
}

function change(
  { path, secret }: Place,
  before: Json | undefined,
  after: Json | undefined,
  added: boolean,
): AttributeChange {
  return { path, before: shown(before, secret), after: shown(after, secret), added };
}

function shown(value: Json | undefined, secret: boolean): string {
  if (value === undefined || value === null) return '(none)';
  if (secret) return MASK;
  const text = JSON.stringify(masked(value));
  if (looksSecret(text)) return MASK;
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`;
}

/** A value that is shown as a whole, with what its keys call secret masked. */
function masked(value: Json): Json {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value === 'string') {
    const inner = jsonIn(value);
    return inner === undefined ? value : JSON.stringify(masked(inner));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSensitiveName(key) ? MASK : masked(item)]),
  );
}
