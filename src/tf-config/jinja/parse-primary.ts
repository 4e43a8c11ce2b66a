import type { Expression } from './ast.js';
import { parseExpression, parseTuple } from './parse-expression.js';
import type { TokenStream } from './token-stream.js';

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

/** A name, a literal, or an expression in brackets. */
export function parsePrimary(stream: TokenStream): Expression {
  const { type, value } = stream.current;
  if (type === 'name') return parseName(stream);
  if (type === 'string') return parseStrings(stream);
  if (type === 'integer' || type === 'float') {
    stream.next();
    const number = Number(value.replaceAll('_', ''));
    return type === 'float' ? { kind: 'float', value: number } : { kind: 'constant', value: number };
  }
  if (stream.skip('operator', '(')) return parseBrackets(stream);
  if (stream.skip('operator', '[')) return { kind: 'list', items: parseList(stream) };
  if (stream.skip('operator', '{')) return { kind: 'dict', entries: parseEntries(stream) };
  throw stream.unexpected();
}

function parseName(stream: TokenStream): Expression {
  const { value: name } = stream.next();
  const constant = CONSTANTS.get(name);
  return constant === undefined ? { kind: 'name', name } : { kind: 'constant', value: constant };
}

/** Strings that stand next to each other are one. */
function parseStrings(stream: TokenStream): Expression {
  let text = '';
  while (stream.is('string')) text += unescaped(stream.next().value.slice(1, -1));
  return { kind: 'constant', value: text };
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '\n': '', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
  v: '\v',
};

function unescaped(text: string): string {
  return text.replaceAll(
    /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([0-7]{1,3})|([^]))/g,
    (all, x?: string, u?: string, wide?: string, octal?: string, other?: string) => {
      const hex = x ?? u ?? wide;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      return ESCAPES[other ?? ''] ?? all;
    },
  );
}

function parseBrackets(stream: TokenStream): Expression {
  if (stream.skip('operator', ')')) return { kind: 'tuple', items: [] };
  const inner = parseTuple(stream);
  stream.expect('operator', ')');
  return inner;
}

function parseList(stream: TokenStream): Expression[] {
  const items: Expression[] = [];
  while (!stream.skip('operator', ']')) {
    items.push(parseExpression(stream));
    if (!stream.isOperator(']')) stream.expect('operator', ',');
  }
  return items;
}

function parseEntries(stream: TokenStream): [Expression, Expression][] {
  const entries: [Expression, Expression][] = [];
  while (!stream.skip('operator', '}')) {
    const key = parseExpression(stream);
    stream.expect('operator', ':');
    entries.push([key, parseExpression(stream)]);
    if (!stream.isOperator('}')) stream.expect('operator', ',');
  }
  return entries;
}
