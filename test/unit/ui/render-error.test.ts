import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import { ExitCode, FailedError, InterruptedError, RefusedError, UsageError } from '../../../src/errors.js';
import { describeError, renderError } from '../../../src/ui/render-error.js';

const plain = new Chalk({ level: 0 });

describe('the exit code of an error', () => {
  test.each([
    ['a failure', new FailedError('A', 'a'), ExitCode.failed],
    ['wrong usage', new UsageError('A', 'a'), ExitCode.usage],
    ['a refusal', new RefusedError('A', 'a'), ExitCode.refused],
    ['an interruption', new InterruptedError('A', 'a'), ExitCode.interrupted],
    ['a parse error', Object.assign(new Error('a'), { oclif: { exit: 2 } }), ExitCode.usage],
    ['a command that cannot be loaded', moduleLoadError(), ExitCode.failed],
    ['a bug', new TypeError('a'), ExitCode.failed],
    ['something thrown that is no error', 'a', ExitCode.failed],
  ])('for %s', (_what, thrown, exitCode) => {
    expect(describeError(thrown, { verbose: false }).exitCode).toBe(exitCode);
  });
});

function moduleLoadError(): Error {
  return Object.assign(new Error('a'), { name: 'ModuleLoadError', oclif: { exit: 1 } });
}

describe('an error of ours', () => {
  const cause = new Error('connect ECONNREFUSED', { cause: new Error('inner') });
  const error = new FailedError('NoServer', 'no server at localhost', { hint: 'start one', cause });

  test('is described by its code, message and hint', () => {
    expect(describeError(error, { verbose: false })).toEqual({
      code: 'NoServer',
      message: 'no server at localhost',
      hint: 'start one',
      exitCode: 1,
    });
  });

  test('is rendered as what happened, then what to do next', () => {
    const text = renderError(describeError(error, { verbose: false }), plain);
    expect(text).toBe('error: no server at localhost\nNext: start one');
  });

  test('shows the chain of its causes with --verbose', () => {
    const text = renderError(describeError(error, { verbose: true }), plain);
    expect(text.split('\n').slice(1, 3)).toEqual(['  caused by: connect ECONNREFUSED', '  caused by: inner']);
  });

  test('that was caused by itself is still rendered', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    const report = describeError(new FailedError('A', 'a', { cause: loop }), { verbose: true });
    expect(report.causes).toHaveLength(10);
  });

  test('is never wrapped, so that an address can be copied from it', () => {
    const address = `aws_iam_role.${'x'.repeat(300)}`;
    expect(renderError(describeError(new FailedError('A', address), { verbose: false }), plain)).toContain(
      address,
    );
  });

  test('cannot draw on the terminal', () => {
    const hostile = new FailedError('A', 'a\u001B[2J', { hint: 'b\r', cause: new Error('c\u202E') });
    const text = renderError(describeError(hostile, { verbose: true }), plain);
    expect(text).toBe('error: a\\x1b[2J\n  caused by: c\\u202e\nNext: b\\x0d');
  });
});

describe('a bug', () => {
  test('is called one, without a stack trace', () => {
    const text = renderError(describeError(new TypeError('x is undefined'), { verbose: false }), plain);
    expect(text).toContain('error: unexpected error: x is undefined');
    expect(text).toContain('Next: this is a bug in tfrepair');
    expect(text).not.toContain('    at ');
  });

  test('shows its stack with --verbose', () => {
    expect(renderError(describeError(new TypeError('x'), { verbose: true }), plain)).toContain('    at ');
  });
});

test('with colours, the words are the same', () => {
  const report = describeError(new UsageError('A', 'a', { hint: 'b' }), { verbose: false });
  const coloured = renderError(report, new Chalk({ level: 1 }));
  expect(coloured).toContain('\u001B[');
  expect(coloured.replaceAll(/\u001B\[\d+m/g, '')).toBe(renderError(report, plain));
});
