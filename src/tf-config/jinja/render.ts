import type { Body, FilterCall, Statement, Target } from './ast.js';
import { atLine, templateError } from './errors.js';
import { evaluate, evaluateArguments, Scope } from './evaluate.js';
import { filtered } from './filters.js';
import { GLOBALS, RECONCILE_FUNCTIONS } from './functions.js';
import { loopState } from './loop.js';
import { parseTemplate } from './parse.js';
import { dedented } from './text.js';
import type { Delimiters } from './tokens.js';
import { Attributes, type Callable, isTrue, itemsOf, notA, toText, Undefined, type Value } from './values.js';

/** More than any file that a machine boots from; a template that goes beyond does not end. */
const MAX_STATEMENTS = 200_000;
const MAX_LENGTH = 4 * 1024 * 1024;

/** What a template may use besides what all have. */
export interface TemplateInput {
  readonly variables: ReadonlyMap<string, Value>;
  /** Instead of functions that cannot be evaluated here, such as `vault`. */
  readonly functions?: ReadonlyMap<string, Callable>;
}

/**
 * Renders a Jinja2 template (jinja.palletsprojects.com, "Template Designer Documentation") as the reconcile loop's
 * environment does: undefined names are errors, nothing is escaped, and besides Jinja2's own tags there are `b64encode`
 * and `raise_error`. Nothing of JavaScript can be reached from a template: it is interpreted, never compiled, and sees
 * only the values that it is given.
 *
 * @throws FailedError `TemplateInvalid` naming the line; TemplateUnsupported when it takes more than is known here
 */
export function renderTemplate(source: string, delimiters: Delimiters, given: TemplateInput): string {
  const scope = new Scope();
  const values = [...GLOBALS, ...given.variables, ...RECONCILE_FUNCTIONS, ...(given.functions ?? [])];
  for (const [name, value] of values) scope.set(name, value);
  try {
    return new Renderer().body(parseTemplate(source, delimiters), new Scope(scope));
  } catch (error) {
    // Out of stack.
    if (error instanceof RangeError) throw templateError('line 1: the template is nested too deeply');
    throw error;
  }
}

class Renderer {
  #statements = 0;
  #length = 0;

  body(body: Body, scope: Scope): string {
    return body.map((statement) => atLine(statement.line, () => this.#checked(statement, scope))).join('');
  }

  #checked(statement: Statement, scope: Scope): string {
    this.#statements += 1;
    const text = this.#statement(statement, scope);
    if (statement.kind === 'text' || statement.kind === 'output') this.#length += text.length;
    if (this.#statements > MAX_STATEMENTS || this.#length > MAX_LENGTH)
      throw templateError('the template does not end');
    return text;
  }

  #statement(statement: Statement, scope: Scope): string {
    switch (statement.kind) {
      case 'text':
        return statement.text;
      case 'output':
        return toText(evaluate(statement.expression, scope));
      case 'if':
        return this.#if(statement, scope);
      case 'for':
        return this.#for(statement, scope);
      case 'set':
        assign(statement.target, evaluate(statement.value, scope), scope);
        return '';
      case 'set block': {
        const text = this.body(statement.body, new Scope(scope));
        assign(statement.target, applied(statement.filters, text, scope), scope);
        return '';
      }
      case 'with': {
        const inner = new Scope(scope);
        for (const [target, value] of statement.assignments) assign(target, evaluate(value, scope), inner);
        return this.body(statement.body, inner);
      }
      case 'filter':
        return toText(applied(statement.filters, this.body(statement.body, new Scope(scope)), scope));
      case 'b64encode':
        return Buffer.from(dedented(this.body(statement.body, new Scope(scope)))).toString('base64');
      case 'raise_error':
        throw templateError(toText(evaluate(statement.message, scope)));
    }
  }

  #if({ branches, otherwise }: Extract<Statement, { kind: 'if' }>, scope: Scope): string {
    const branch = branches.find(({ test }) => isTrue(evaluate(test, scope)));
    return this.body(branch?.body ?? otherwise, scope);
  }

  #for(loop: Extract<Statement, { kind: 'for' }>, scope: Scope): string {
    const { target, iterable, filter, body, otherwise } = loop;
    const items = itemsOf(evaluate(iterable, scope)).filter((item) => {
      if (filter === undefined) return true;
      const inner = new Scope(scope);
      assign(target, item, inner);
      return isTrue(evaluate(filter, inner));
    });
    if (items.length === 0) return this.body(otherwise, new Scope(scope));
    const texts = items.map((item, index) => {
      const inner = new Scope(scope);
      inner.set('loop', loopState(items, index));
      assign(target, item, inner);
      return this.body(body, inner);
    });
    return texts.join('');
  }
}

function applied(filters: readonly FilterCall[], text: string, scope: Scope): Value {
  return filters.reduce<Value>(
    (value, { name, args }) => filtered(name, value, evaluateArguments(args, scope)),
    text,
  );
}

/** @throws FailedError when a value cannot be unpacked to so many names */
function assign(target: Target, value: Value, scope: Scope): void {
  if (target.kind === 'namespace') {
    const namespace = scope.get(target.name);
    if (!(namespace instanceof Attributes) || namespace.what !== 'namespace') notA(namespace, 'a namespace');
    else namespace.values.set(target.attribute, value);
    return;
  }
  if (!target.unpack) {
    scope.set(target.names[0] ?? '', value);
    return;
  }
  const items = value instanceof Undefined ? value.fail() : itemsOf(value);
  if (items.length !== target.names.length) {
    throw templateError(`${items.length} values cannot be given to ${target.names.length} names`);
  }
  for (const [index, name] of target.names.entries()) scope.set(name, items[index] ?? null);
}
