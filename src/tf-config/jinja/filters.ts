import type { Json } from '../../json.js';
import { pythonJson } from '../model/python.js';
import { Arguments } from './arguments.js';
import { templateError, TemplateUnsupported } from './errors.js';
import { attributePath, LIST_FILTERS } from './list-filters.js';
import { toNumber } from './operators.js';
import { capitalized, indented, replaced, titledByFilter, trimmed } from './text.js';
import { Float, fromJson, isTrue, itemsOf, toJson, toText, Undefined, type Value } from './values.js';

type Filter = (value: Value, args: Arguments) => Value;

const SCALAR_FILTERS: Readonly<Record<string, Filter>> = {
  abs: (value) => (value instanceof Float ? new Float(Math.abs(value.value)) : Math.abs(toNumber(value))),
  capitalize: (value) => capitalized(toText(value)),
  default: orDefault,
  d: orDefault,
  float: toFloat,
  indent,
  int: toInteger,
  json_to_dict: (value) => parsedJson(toText(value)),
  map: mapped,
  lower: (value) => toText(value).toLowerCase(),
  replace: (value, args) => replaced(toText(value), args),
  string: (value) => toText(value),
  title: (value) => titledByFilter(toText(value)),
  tojson: jsonText,
  trim: (value, args) => trimmed(toText(value), args.get(0, 'chars'), 'both'),
  upper: (value) => toText(value).toUpperCase(),
};

const FILTERS: Readonly<Record<string, Filter>> = { ...SCALAR_FILTERS, ...LIST_FILTERS };

/** Filters of Jinja2, and of the reconcile loop, that are not among `FILTERS`. */
const OTHER_FILTERS = [
  ...[
    'attr',
    'batch',
    'center',
    'e',
    'escape',
    'filesizeformat',
    'forceescape',
    'format',
    'groupby',
    'pprint',
  ],
  ...[
    'random',
    'round',
    'safe',
    'slice',
    'striptags',
    'truncate',
    'urlencode',
    'urlize',
    'wordcount',
    'wordwrap',
  ],
  ...['xmlattr', 'yaml_to_dict', 'urlescape', 'urlunescape', 'eval', 'extract_jsonpath', 'matches_jsonpath'],
  ...['json_pointers', 'str_format'],
];

/** `value | name(…)`. @throws FailedError when there is no such filter, or the value is nothing for it */
export function filtered(name: string, value: Value, args: Arguments): Value {
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (filter !== undefined) {
    return value instanceof Undefined && filter !== orDefault ? value.fail() : filter(value, args);
  }
  if (OTHER_FILTERS.includes(name)) throw new TemplateUnsupported(`the filter ${name}`);
  throw templateError(`there is no filter ${name}`);
}

/** Of every item an attribute, or what another filter makes of it. */
function mapped(value: Value, { positional, named }: Arguments): Value {
  const attribute = named.get('attribute');
  if (attribute !== undefined) {
    if (named.size > 1) throw new TemplateUnsupported('the filter map with a default');
    return itemsOf(value).map((item) => attributePath(item, attribute));
  }
  const [name, ...args] = positional;
  if (typeof name !== 'string') throw templateError('the filter map needs an attribute or a filter');
  return itemsOf(value).map((item) => filtered(name, item, new Arguments(args, named)));
}

function orDefault(value: Value, args: Arguments): Value {
  args.allow('default_value', 'boolean');
  const fallback = args.get(0, 'default_value') ?? '';
  if (value instanceof Undefined) return fallback;
  return isTrue(args.get(1, 'boolean') ?? false) && !isTrue(value) ? fallback : value;
}

function indent(value: Value, args: Arguments): string {
  args.allow('width', 'first', 'blank');
  const width = args.get(0, 'width') ?? 4;
  return indented(toText(value), typeof width === 'string' ? width : ' '.repeat(toNumber(width)), {
    first: isTrue(args.get(1, 'first') ?? false),
    blank: isTrue(args.get(2, 'blank') ?? false),
  });
}

/** Text that is no number gives the default, 0. */
function toInteger(value: Value, args: Arguments): Value {
  args.allow('default');
  const fallback = args.get(0, 'default') ?? 0;
  if (typeof value !== 'string') return value === null ? fallback : Math.trunc(toNumber(value));
  return /^\s*[-+]?\d+(?:\.\d*)?\s*$/.test(value) ? Math.trunc(Number(value)) : fallback;
}

function toFloat(value: Value, args: Arguments): Value {
  args.allow('default');
  const fallback = args.get(0, 'default') ?? new Float(0);
  if (typeof value !== 'string') return value === null ? fallback : new Float(toNumber(value));
  return /^\s*[-+]?\d+(?:\.\d*)?\s*$/.test(value) ? new Float(Number(value)) : fallback;
}

function jsonText(value: Value, args: Arguments): string {
  args.allow();
  const text = pythonJson(toJson(value), { sortKeys: true });
  return text.replaceAll(/[<>&']/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

function parsedJson(text: string): Value {
  try {
    return fromJson(JSON.parse(text) as Json);
  } catch {
    throw templateError('the text is not JSON');
  }
}
