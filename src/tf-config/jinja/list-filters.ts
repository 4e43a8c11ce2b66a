import { Arguments } from './arguments.js';
import { attributeOf } from './attributes.js';
import { templateError, TemplateUnsupported } from './errors.js';
import { binary, isEqual, order } from './operators.js';
import { isSo } from './tests.js';
import { isDictionary, isTrue, itemsOf, notA, toText, Tuple, Undefined, type Value } from './values.js';

/** Filters for lists, and for what can be gone through like one. */
export const LIST_FILTERS: Readonly<Record<string, (value: Value, args: Arguments) => Value>> = {
  length: (value) => itemsOf(value).length,
  count: (value) => itemsOf(value).length,
  first: (value) => firstOf(itemsOf(value)),
  last: (value) => firstOf(itemsOf(value).reverse()),
  list: (value) => itemsOf(value),
  items: (value) =>
    isDictionary(value) ? [...value].map((entry) => Tuple.from(entry)) : notA(value, 'a dictionary'),
  join: (value, args) => parts(value, args.get(1, 'attribute')).join(toText(args.get(0, 'd') ?? '')),
  reverse: (value) => {
    const items = itemsOf(value).reverse();
    return typeof value === 'string' ? items.map(toText).join('') : items;
  },
  sum: (value, args) => {
    args.allow();
    return itemsOf(value).reduce((sum, item) => binary('+', sum, item), 0);
  },
  min: (value, args) => {
    args.allow();
    return firstOf(sorted(itemsOf(value), 1));
  },
  max: (value, args) => {
    args.allow();
    return firstOf(sorted(itemsOf(value), -1));
  },
  sort: (value, args) => {
    args.allow('reverse');
    return sorted(itemsOf(value), isTrue(args.get(0, 'reverse') ?? false) ? -1 : 1);
  },
  unique: (value, args) => {
    args.allow();
    const seen: Value[] = [];
    return itemsOf(value).filter((item) => {
      const isNew = !seen.some((other) => isEqual(folded(other), folded(item)));
      if (isNew) seen.push(item);
      return isNew;
    });
  },
  dictsort: (value, args) => {
    args.allow();
    if (!isDictionary(value)) return notA(value, 'a dictionary');
    return sorted([...value.keys()], 1).map((key) => Tuple.from([key, value.get(key) ?? null]));
  },
  select: (value, args) => itemsOf(value).filter((item) => passes(item, args.positional)),
  reject: (value, args) => itemsOf(value).filter((item) => !passes(item, args.positional)),
  selectattr: (value, args) => itemsOf(value).filter((item) => attributePasses(item, args)),
  rejectattr: (value, args) => itemsOf(value).filter((item) => !attributePasses(item, args)),
};

function firstOf(items: readonly Value[]): Value {
  const [first] = items;
  return first === undefined ? new Undefined('the list is empty') : first;
}

function parts(value: Value, attribute: Value | undefined): string[] {
  return itemsOf(value).map((item) =>
    toText(attribute === undefined ? item : attributePath(item, attribute)),
  );
}

/** `a.b` of an item. */
export function attributePath(item: Value, path: Value): Value {
  if (typeof path !== 'string') throw new TemplateUnsupported('an attribute that is a number');
  return path.split('.').reduce(attributeOf, item);
}

function passes(item: Value, [test, ...args]: readonly Value[]): boolean {
  if (test === undefined) return isTrue(item);
  if (typeof test !== 'string') throw templateError('the name of a test must be text');
  return isSo(test, item, new Arguments(args, new Map()));
}

function attributePasses(item: Value, { positional }: Arguments): boolean {
  const [attribute, ...test] = positional;
  if (attribute === undefined) throw templateError('the argument attr is missing');
  return passes(attributePath(item, attribute), test);
}

/** In order of their keys, without regard to case. @param direction -1 for falling order */
function sorted(items: readonly Value[], direction: 1 | -1): Value[] {
  return [...items].sort((a, b) => direction * order(folded(a), folded(b)));
}

function folded(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
