import type { CallArguments, Expression, FilterCall } from './ast.js';
import { TemplateUnsupported } from './errors.js';
import { parseSubscript } from './parse-subscript.js';
import { parsePrimary } from './parse-primary.js';
import type { TokenStream } from './token-stream.js';

/** An expression, as far as it goes. Operators bind as in Jinja2, which is not quite as in Python. */
export function parseExpression(stream: TokenStream): Expression {
  let expression = parseOr(stream);
  while (stream.skip('name', 'if')) {
    const test = parseOr(stream);
    const otherwise = stream.skip('name', 'else') ? parseExpression(stream) : undefined;
    expression = { kind: 'choice', test, then: expression, otherwise };
  }
  return expression;
}

/** One expression, or several with commas between, which are a tuple. */
export function parseTuple(stream: TokenStream, parse = parseExpression): Expression {
  const first = parse(stream);
  if (!stream.isOperator(',')) return first;
  const items = [first];
  while (stream.skip('operator', ',') && startsExpression(stream)) items.push(parse(stream));
  return { kind: 'tuple', items };
}

function startsExpression(stream: TokenStream): boolean {
  return !stream.is('tag end') && !stream.isOperator(')', '=') && !stream.isName('in', 'recursive');
}

/** An expression without a trailing `if`, which in `for … in … if` belongs to the loop. */
export function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream);
  while (stream.skip('name', 'or')) left = { kind: 'or', left, right: parseAnd(stream) };
  return left;
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream);
  while (stream.skip('name', 'and')) left = { kind: 'and', left, right: parseNot(stream) };
  return left;
}

function parseNot(stream: TokenStream): Expression {
  if (!stream.skip('name', 'not')) return parseComparison(stream);
  return { kind: 'unary', operator: 'not', of: parseNot(stream) };
}

function parseComparison(stream: TokenStream): Expression {
  const first = parseSum(stream);
  const rest: [string, Expression][] = [];
  for (let operator = comparison(stream); operator !== undefined; operator = comparison(stream)) {
    rest.push([operator, parseSum(stream)]);
  }
  return rest.length === 0 ? first : { kind: 'compare', first, rest };
}

function comparison(stream: TokenStream): string | undefined {
  if (stream.isOperator('==', '!=', '<', '<=', '>', '>=')) return stream.next().value;
  if (stream.skip('name', 'in')) return 'in';
  if (!stream.is('name', 'not') || !stream.isNext('name', 'in')) return undefined;
  stream.next();
  stream.next();
  return 'not in';
}

type Parse = (stream: TokenStream) => Expression;

/** Operators of one rank, which are taken from the left. */
function leftToRight(operators: readonly string[], operand: Parse): Parse {
  return (stream) => {
    let left = operand(stream);
    while (stream.isOperator(...operators)) {
      left = { kind: 'binary', operator: stream.next().value, left, right: operand(stream) };
    }
    return left;
  };
}

const parsePower = leftToRight(['**'], (stream) => parseUnary(stream, true));
const parseProduct = leftToRight(['*', '/', '//', '%'], parsePower);
const parseConcatenation = leftToRight(['~'], parseProduct);
const parseSum = leftToRight(['+', '-'], parseConcatenation);

function parseUnary(stream: TokenStream, withFilters: boolean): Expression {
  const sign = stream.isOperator('-', '+') ? stream.next().value : undefined;
  const inner =
    sign === undefined
      ? parsePrimary(stream)
      : ({ kind: 'unary', operator: sign === '-' ? '-' : '+', of: parseUnary(stream, false) } as const);
  const operand = parsePostfix(stream, inner);
  return withFilters ? parseFiltersAndTests(stream, operand) : operand;
}

function parsePostfix(stream: TokenStream, operand: Expression): Expression {
  let result = operand;
  for (;;) {
    if (stream.isOperator('.', '[')) result = parseSubscript(stream, result);
    else if (stream.isOperator('(')) result = { kind: 'call', callee: result, args: parseArguments(stream) };
    else return result;
  }
}

function parseFiltersAndTests(stream: TokenStream, operand: Expression): Expression {
  let result = operand;
  for (;;) {
    if (stream.skip('operator', '|')) result = { kind: 'filter', of: result, filter: parseFilter(stream) };
    else if (stream.skip('name', 'is')) result = parseTest(stream, result);
    else if (stream.isOperator('(')) result = { kind: 'call', callee: result, args: parseArguments(stream) };
    else return result;
  }
}

/** A filter's name and arguments, without the `|`. */
export function parseFilter(stream: TokenStream): FilterCall {
  const name = parseDottedName(stream);
  return { name, args: stream.isOperator('(') ? parseArguments(stream) : NO_ARGUMENTS };
}

function parseTest(stream: TokenStream, of: Expression): Expression {
  const negated = stream.skip('name', 'not');
  const name = parseDottedName(stream);
  const test: Expression = { kind: 'test', of, name, args: parseTestArguments(stream) };
  return negated ? { kind: 'unary', operator: 'not', of: test } : test;
}

/** In brackets, or the one argument that follows: `is divisibleby 3`. */
function parseTestArguments(stream: TokenStream): CallArguments {
  if (stream.isOperator('(')) return parseArguments(stream);
  const { type } = stream.current;
  const startsOperand = ['name', 'string', 'integer', 'float'].includes(type) || stream.isOperator('[', '{');
  if (!startsOperand || stream.isName('else', 'or', 'and')) return NO_ARGUMENTS;
  if (stream.isName('is')) throw stream.unexpected();
  return { positional: [parsePostfix(stream, parsePrimary(stream))], named: [] };
}

function parseDottedName(stream: TokenStream): string {
  let { value } = stream.expect('name');
  while (stream.skip('operator', '.')) value += `.${stream.expect('name').value}`;
  return value;
}

const NO_ARGUMENTS: CallArguments = { positional: [], named: [] };

function parseArguments(stream: TokenStream): CallArguments {
  const positional: Expression[] = [];
  const named: [string, Expression][] = [];
  stream.expect('operator', '(');
  while (!stream.isOperator(')')) {
    if (stream.isOperator('*', '**')) throw new TemplateUnsupported('arguments with *');
    if (stream.is('name') && stream.isNext('operator', '=')) {
      const { value } = stream.next();
      stream.next();
      named.push([value, parseExpression(stream)]);
    } else if (named.length > 0) throw stream.unexpected('a named argument');
    else positional.push(parseExpression(stream));
    if (!stream.isOperator(')')) stream.expect('operator', ',');
  }
  stream.next();
  return { positional, named };
}
