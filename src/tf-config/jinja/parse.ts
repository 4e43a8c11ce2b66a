import type { Body, Expression, FilterCall, Statement, Target } from './ast.js';
import { templateError, TemplateUnsupported } from './errors.js';
import { parseExpression, parseFilter, parseOr, parseTuple } from './parse-expression.js';
import { TokenStream } from './token-stream.js';
import { tokenize, type Delimiters } from './tokens.js';

/** Tags of Jinja2 that templates of this kind do not need. */
const UNSUPPORTED_TAGS = [
  'macro',
  'call',
  'include',
  'import',
  'from',
  'extends',
  'block',
  'autoescape',
  'print',
];

/** The statements of a template. @throws FailedError naming the line, TemplateUnsupported */
export function parseTemplate(source: string, delimiters: Delimiters): Body {
  const stream = new TokenStream(tokenize(source, delimiters));
  const body = parseBody(stream, []);
  stream.expect('template end');
  return body;
}

/** Statements up to a tag named as one of `ends`, whose name is then the current token. */
function parseBody(stream: TokenStream, ends: readonly string[]): Body {
  const body: Statement[] = [];
  while (!stream.is('template end')) {
    const { type, value, line } = stream.next();
    if (type === 'text') body.push({ kind: 'text', text: value, line });
    else if (type === 'output begin') {
      body.push({ kind: 'output', expression: parseTuple(stream), line });
      stream.expect('tag end');
    } else if (stream.isName(...ends)) return body;
    else body.push({ ...parseTag(stream), line });
  }
  if (ends.length > 0) throw stream.unexpected(ends.join(' or '));
  return body;
}

type Tag = Statement extends infer S ? (S extends Statement ? Omit<S, 'line'> : never) : never;

const TAGS: Readonly<Record<string, (stream: TokenStream) => Tag>> = {
  if: parseIf,
  for: parseFor,
  set: parseSet,
  with: parseWith,
  filter: (stream) => {
    const filters = [parseFilter(stream), ...parseMoreFilters(stream)];
    return { kind: 'filter', filters, body: parseBlock(stream, 'endfilter') };
  },
  b64encode: (stream) => ({ kind: 'b64encode', body: parseBlock(stream, 'endb64encode') }),
  raise_error: (stream) => {
    const message = parseExpression(stream);
    stream.expect('tag end');
    return { kind: 'raise_error', message };
  },
};

function parseTag(stream: TokenStream): Tag {
  const { value: name, line } = stream.expect('name');
  const parse = Object.hasOwn(TAGS, name) ? TAGS[name] : undefined;
  if (parse !== undefined) return parse(stream);
  if (UNSUPPORTED_TAGS.includes(name)) throw new TemplateUnsupported(`the tag ${name}`);
  throw templateError(`line ${line}: unknown tag ${name}`);
}

/** The rest of a tag, and the statements up to its end tag. */
function parseBlock(stream: TokenStream, end: string): Body {
  stream.expect('tag end');
  const body = parseBody(stream, [end]);
  stream.next();
  stream.expect('tag end');
  return body;
}

function parseIf(stream: TokenStream): Tag {
  const branches: { test: Expression; body: Body }[] = [];
  let closing: string;
  do {
    const test = parseTuple(stream, parseOr);
    stream.expect('tag end');
    branches.push({ test, body: parseBody(stream, ['elif', 'else', 'endif']) });
    closing = stream.next().value;
  } while (closing === 'elif');
  return { kind: 'if', branches, otherwise: parseOtherwise(stream, closing, 'endif') };
}

/** What stands between `else` and the end tag, after the name of the one or the other. */
function parseOtherwise(stream: TokenStream, closing: string, end: string): Body {
  if (closing === 'else') return parseBlock(stream, end);
  stream.expect('tag end');
  return [];
}

function parseFor(stream: TokenStream): Tag {
  const target = parseTarget(stream);
  stream.expect('name', 'in');
  const iterable = parseTuple(stream, parseOr);
  const filter = stream.skip('name', 'if') ? parseExpression(stream) : undefined;
  if (stream.isName('recursive')) throw new TemplateUnsupported('a recursive loop');
  stream.expect('tag end');
  const body = parseBody(stream, ['else', 'endfor']);
  const otherwise = parseOtherwise(stream, stream.next().value, 'endfor');
  return { kind: 'for', target, iterable, filter, body, otherwise };
}

function parseTarget(stream: TokenStream): Target {
  const bracketed = stream.skip('operator', '(');
  const names = [stream.expect('name').value];
  const [name = ''] = names;
  if (stream.skip('operator', '.')) {
    return { kind: 'namespace', name, attribute: stream.expect('name').value };
  }
  let unpack = false;
  while (stream.skip('operator', ',')) {
    unpack = true;
    if (stream.is('name') && !stream.isName('in')) names.push(stream.next().value);
  }
  if (bracketed) stream.expect('operator', ')');
  return { kind: 'names', names, unpack };
}

function parseSet(stream: TokenStream): Tag {
  const target = parseTarget(stream);
  if (!stream.skip('operator', '=')) {
    const filters = parseMoreFilters(stream);
    return { kind: 'set block', target, filters, body: parseBlock(stream, 'endset') };
  }
  const value = parseTuple(stream);
  stream.expect('tag end');
  return { kind: 'set', target, value };
}

function parseMoreFilters(stream: TokenStream): FilterCall[] {
  const filters: FilterCall[] = [];
  while (stream.skip('operator', '|')) filters.push(parseFilter(stream));
  return filters;
}

function parseWith(stream: TokenStream): Tag {
  const assignments: [Target, Expression][] = [];
  while (!stream.is('tag end')) {
    const target = parseTarget(stream);
    stream.expect('operator', '=');
    assignments.push([target, parseExpression(stream)]);
    if (!stream.is('tag end')) stream.expect('operator', ',');
  }
  return { kind: 'with', assignments, body: parseBlock(stream, 'endwith') };
}
