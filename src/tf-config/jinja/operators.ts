import { templateError, TemplateUnsupported } from './errors.js';
import {
  Float,
  isDictionary,
  isList,
  itemsOf,
  notA,
  toText,
  Tuple,
  typeName,
  Undefined,
  type Value,
} from './values.js';

const MAX_REPEATED = 1_000_000;

/** Python's operators, for numbers, text and lists. @throws FailedError for operands that do not fit */
export function binary(operator: string, left: Value, right: Value): Value {
  if (operator === '~') return toText(left) + toText(right);
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (operator === '+' && isList(left) && isList(right)) return likeList(left, [...left, ...right]);
  if (operator === '*' && typeof left === 'string') return left.repeat(times(right, left.length));
  if (operator === '*' && isList(left)) {
    return likeList(left, Array.from({ length: times(right, left.length) }, () => [...left]).flat());
  }
  if (operator === '%' && typeof left === 'string') throw new TemplateUnsupported('% of text');
  return ofNumbers(operator, left, right);
}

function likeList(model: readonly Value[], items: readonly Value[]): readonly Value[] {
  return model instanceof Tuple ? Tuple.from(items) : items;
}

function times(count: Value, length: number): number {
  if (typeof count !== 'number') return notA(count, 'a whole number');
  if (count * length > MAX_REPEATED) throw templateError('the repetition is too long');
  return Math.max(0, count);
}

function ofNumbers(operator: string, left: Value, right: Value): Value {
  const result = arithmetic(operator, toNumber(left), toNumber(right));
  const isFloat = operator === '/' || [left, right, result].some(isFloatValue);
  return isFloat ? new Float(result) : result;
}

function arithmetic(operator: string, left: number, right: number): number {
  if (right === 0 && ['/', '//', '%'].includes(operator)) throw templateError('division by zero');
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.floor(left / right);
    case '%':
      return left - right * Math.floor(left / right);
    default:
      return left ** right;
  }
}

function isFloatValue(value: Value): boolean {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}

/** A number, or a boolean as one. @throws FailedError for anything else */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Float ? value.value : notA(value, 'a number');
}

/** @throws FailedError for values that cannot be compared */
export function compare(operator: string, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    case '<':
      return order(left, right) < 0;
    case '<=':
      return order(left, right) <= 0;
    case '>':
      return order(left, right) > 0;
    default:
      return order(left, right) >= 0;
  }
}

export function isEqual(left: Value, right: Value): boolean {
  if (left instanceof Undefined) return left.fail();
  if (right instanceof Undefined) return right.fail();
  if (isNumeric(left) && isNumeric(right)) return toNumber(left) === toNumber(right);
  if (isList(left) && isList(right)) {
    const sameKind = left instanceof Tuple === right instanceof Tuple;
    return (
      sameKind &&
      left.length === right.length &&
      left.every((item, index) => isEqual(item, right[index] ?? null))
    );
  }
  if (isDictionary(left) && isDictionary(right)) {
    return (
      left.size === right.size &&
      [...left].every(([key, item]) => right.has(key) && isEqual(item, right.get(key) ?? null))
    );
  }
  return left === right;
}

function isNumeric(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || value instanceof Float;
}

/** Less than, equal to or more than zero, as for sorting. @throws FailedError for values without an order */
export function order(left: Value, right: Value): number {
  if (isNumeric(left) && isNumeric(right)) return toNumber(left) - toNumber(right);
  if (typeof left === 'string' && typeof right === 'string') return textOrder(left, right);
  if (isList(left) && isList(right)) {
    for (const [index, item] of left.entries()) {
      const other = right[index];
      if (other === undefined) return 1;
      if (!isEqual(item, other)) return order(item, other);
    }
    return left.length - right.length;
  }
  if (left instanceof Undefined) return left.fail();
  if (right instanceof Undefined) return right.fail();
  throw templateError(`${typeName(left)} and ${typeName(right)} have no order`);
}

/** By code points, not as JavaScript by halves of surrogate pairs. */
function textOrder(left: string, right: string): number {
  const others = Array.from(right);
  for (const [index, character] of Array.from(left).entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    if (character !== other) return (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  }
  return Array.from(left).length - others.length;
}

function contains(container: Value, wanted: Value): boolean {
  if (wanted instanceof Undefined) return wanted.fail();
  if (typeof container === 'string') {
    return typeof wanted === 'string' ? container.includes(wanted) : notA(wanted, 'text');
  }
  return itemsOf(container).some((item) => isEqual(item, wanted));
}
