import { createHash } from 'node:crypto';

import { Arguments } from './arguments.js';
import { templateError, TemplateUnsupported } from './errors.js';
import { toNumber } from './operators.js';
import { Attributes, Callable, isDictionary, isList, itemsOf, toText, type Value } from './values.js';

const MAX_RANGE = 100_000;

/** What Jinja2 itself gives to every template; variables of the same name hide it. */
export const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', new Callable((args) => range(args.map(toNumber)))],
  ['dict', new Callable((args, named) => new Map([...entriesOf(args), ...named]))],
  ['namespace', new Callable((args, named) => new Attributes('namespace', namespaceValues(args, named)))],
  ...['lipsum', 'cycler', 'joiner'].map(unsupported),
]);

/** What the reconcile loop gives to its templates; it hides variables of the same name. */
export const RECONCILE_FUNCTIONS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['hash_list', new Callable((args) => hashList(new Arguments(args, new Map()).need(0, 'input')))],
  ...['vault', 'github', 'query', 'url', 's3', 's3_ls', 'urlescape', 'urlunescape'].map(unsupported),
  ...['flatten_dict', 'yesterday'].map(unsupported),
]);

function unsupported(name: string): [string, Value] {
  const refuse = (): never => {
    throw new TemplateUnsupported(`the function ${name}`);
  };
  return [name, new Callable(refuse)];
}

function range(args: readonly number[]): number[] {
  const [first = 0, second, step = 1] = args;
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  if (step === 0) throw templateError('the step of a range must not be zero');
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > MAX_RANGE) throw templateError(`a range of ${length} numbers is too long`);
  return Array.from({ length }, (_, index) => start + index * step);
}

function entriesOf([source]: readonly Value[]): [Value, Value][] {
  if (source === undefined) return [];
  if (isDictionary(source)) return [...source];
  return itemsOf(source).map((pair) => {
    const [key = null, value = null] = itemsOf(pair);
    return [key, value];
  });
}

function namespaceValues(args: readonly Value[], named: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...entriesOf(args).map(([key, value]): [string, Value] => [toText(key), value]), ...named]);
}

/** A hash of a list of scalars that does not depend on their order. */
function hashList(list: Value): string {
  const texts = itemsOf(list).map((item) => {
    if (isList(item) || isDictionary(item)) throw templateError('hash_list takes no lists in its list');
    return toText(item);
  });
  return createHash('sha256')
    .update(`a${texts.sort().join('')}`)
    .digest('hex');
}
