import { Arguments } from './arguments.js';
import type { CallArguments, Expression } from './ast.js';
import { attributeOf, itemOf, sliceOf } from './attributes.js';
import { templateError } from './errors.js';
import { filtered } from './filters.js';
import { binary, compare, toNumber } from './operators.js';
import { isSo } from './tests.js';
import { Callable, Float, isTrue, notA, Tuple, Undefined, type Value } from './values.js';

/** Names and their values; an inner scope sees those of the outer ones. */
export class Scope {
  readonly #values = new Map<string, Value>();

  constructor(readonly outer?: Scope) {}

  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  get(name: string): Value {
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    return this.outer === undefined ? new Undefined(`${name} is undefined`) : this.outer.get(name);
  }
}

/** An inline `if` without `else`: what it gives is undefined, but the lenient way, which prints nothing. */
const NOTHING = '';

type OfKind<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

type Evaluators = { readonly [K in Expression['kind']]: (expression: OfKind<K>, scope: Scope) => Value };

const EVALUATORS: Evaluators = {
  constant: ({ value }) => value,
  float: ({ value }) => new Float(value),
  name: ({ name }, scope) => scope.get(name),
  list: ({ items }, scope) => items.map((item) => evaluate(item, scope)),
  tuple: ({ items }, scope) => Tuple.from(items.map((item) => evaluate(item, scope))),
  dict: ({ entries }, scope) =>
    new Map(entries.map(([key, value]) => [evaluate(key, scope), evaluate(value, scope)])),
  attribute: ({ of, name }, scope) => attributeOf(evaluate(of, scope), name),
  item: ({ of, key }, scope) => itemOf(evaluate(of, scope), evaluate(key, scope)),
  slice: ({ of, bounds }, scope) =>
    sliceOf(
      evaluate(of, scope),
      bounds.map((bound) => (bound === undefined ? undefined : evaluate(bound, scope))),
    ),
  call: ({ callee, args }, scope) => {
    const { positional, named } = evaluateArguments(args, scope);
    const called = evaluate(callee, scope);
    return called instanceof Callable ? called.call(positional, named) : notA(called, 'a function');
  },
  filter: ({ of, filter }, scope) =>
    filtered(filter.name, evaluate(of, scope), evaluateArguments(filter.args, scope)),
  test: ({ of, name, args }, scope) => isSo(name, evaluate(of, scope), evaluateArguments(args, scope)),
  unary: ({ operator, of }, scope) => unary(operator, evaluate(of, scope)),
  binary: ({ operator, left, right }, scope) =>
    binary(operator, evaluate(left, scope), evaluate(right, scope)),
  and: ({ left, right }, scope) => {
    const value = evaluate(left, scope);
    return isTrue(value) ? evaluate(right, scope) : value;
  },
  or: ({ left, right }, scope) => {
    const value = evaluate(left, scope);
    return isTrue(value) ? value : evaluate(right, scope);
  },
  compare: ({ first, rest }, scope) => {
    let left = evaluate(first, scope);
    for (const [operator, expression] of rest) {
      const right = evaluate(expression, scope);
      if (!compare(operator, left, right)) return false;
      left = right;
    }
    return true;
  },
  choice: ({ test, then, otherwise }, scope) => {
    if (isTrue(evaluate(test, scope))) return evaluate(then, scope);
    return otherwise === undefined ? NOTHING : evaluate(otherwise, scope);
  },
};

/** The value of an expression. @throws FailedError, TemplateUnsupported */
export function evaluate(expression: Expression, scope: Scope): Value {
  const evaluator = EVALUATORS[expression.kind] as (expression: Expression, scope: Scope) => Value;
  return evaluator(expression, scope);
}

export function evaluateArguments({ positional, named }: CallArguments, scope: Scope): Arguments {
  return new Arguments(
    positional.map((argument) => evaluate(argument, scope)),
    new Map(named.map(([name, argument]) => [name, evaluate(argument, scope)])),
  );
}

function unary(operator: 'not' | '-' | '+', value: Value): Value {
  if (operator === 'not') return !isTrue(value);
  const number = toNumber(value);
  const result = operator === '-' ? -number : number;
  if (Number.isNaN(result)) throw templateError('not a number');
  return value instanceof Float ? new Float(result) : result;
}
