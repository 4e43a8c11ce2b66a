import type { ChalkInstance } from 'chalk';

import { ExitCode, TfrepairError, isError, messageOf } from '../errors.js';
import { describeParseError } from './parse-error.js';
import { printable } from './printable.js';

/** One shape for every error, whoever threw it. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly exitCode: number;
  /** Messages of the errors behind this one, nearest first; with `--verbose` only. */
  readonly causes?: readonly string[];
}

/** What an error is described with. */
export interface ErrorContext {
  /** Adds the cause chain, and the stack of a bug. */
  readonly verbose: boolean;
  /** The command's flags without dashes, for "did you mean". */
  readonly knownFlags?: readonly string[];
}

/** Describes anything thrown. Our own errors speak for themselves, oclif's are usage errors, all others are our bugs. */
export function describeError(thrown: unknown, { verbose, knownFlags = [] }: ErrorContext): ErrorReport {
  const causes = verbose ? { causes: causesOf(thrown) } : {};
  if (thrown instanceof TfrepairError) {
    const hint = thrown.hint === undefined ? {} : { hint: thrown.hint };
    return { code: thrown.code, message: thrown.message, ...hint, exitCode: thrown.exitCode, ...causes };
  }
  if (isUsageError(thrown)) {
    return { ...describeParseError(thrown, knownFlags), exitCode: ExitCode.usage, ...causes };
  }
  return {
    code: 'Unexpected',
    message: `unexpected error: ${messageOf(thrown)}`,
    hint: 'this is a bug in tfrepair: please report it with the output of --verbose',
    exitCode: ExitCode.failed,
    ...causes,
  };
}

/** The error for people: what happened, then what to do next. Never wrapped, so that addresses can be copied. */
export function renderError(report: ErrorReport, colour: ChalkInstance): string {
  const lines = [`${colour.red.bold('error:')} ${printable(report.message)}`];
  for (const cause of report.causes ?? []) lines.push(colour.dim(`  caused by: ${printable(cause)}`));
  if (report.hint !== undefined) lines.push(`${colour.bold('Next:')} ${printable(report.hint)}`);
  return lines.join('\n');
}

function causesOf(thrown: unknown): string[] {
  const bug = !(thrown instanceof TfrepairError || isUsageError(thrown));
  const causes = bug && isError(thrown) ? [thrown.stack ?? thrown.message] : [];
  let next = isError(thrown) ? thrown.cause : undefined;
  while (next !== undefined && causes.length < 10) {
    causes.push(messageOf(next));
    next = isError(next) ? next.cause : undefined;
  }
  return causes;
}

/** oclif marks its own errors with an `oclif` property; a module that cannot be loaded is no fault of the user's. */
function isUsageError(thrown: unknown): thrown is Error {
  return isError(thrown) && 'oclif' in thrown && thrown.name !== 'ModuleLoadError';
}
