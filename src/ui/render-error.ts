import type { ChalkInstance } from 'chalk';

import { ExitCode, TfrepairError, messageOf } from '../errors.js';

/** One shape for every error, whoever threw it. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly exitCode: number;
  /** Messages of the errors behind this one, nearest first; with `--verbose` only. */
  readonly causes?: readonly string[];
}

/**
 * Describes anything thrown. Our own errors speak for themselves, oclif's are usage errors, all others are bugs of ours.
 *
 * @param verbose adds the cause chain, and the stack of a bug
 */
export function describeError(thrown: unknown, verbose: boolean): ErrorReport {
  const causes = verbose ? { causes: causesOf(thrown) } : {};
  if (thrown instanceof TfrepairError) {
    const hint = thrown.hint === undefined ? {} : { hint: thrown.hint };
    return { code: thrown.code, message: thrown.message, ...hint, exitCode: thrown.exitCode, ...causes };
  }
  if (isOclifError(thrown)) {
    const [message = '', ...rest] = thrown.message.split('\nSee more help with --help');
    return {
      code: 'Usage',
      message: (message + rest.join('')).trim(),
      hint: 'add --help to see how the command is used',
      exitCode: ExitCode.usage,
      ...causes,
    };
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
  const lines = [`${colour.red.bold('error:')} ${report.message}`];
  for (const cause of report.causes ?? []) lines.push(colour.dim(`  caused by: ${cause}`));
  if (report.hint !== undefined) lines.push(`${colour.bold('Next:')} ${report.hint}`);
  return lines.join('\n');
}

function causesOf(thrown: unknown): string[] {
  const ours = thrown instanceof TfrepairError;
  const causes = ours || !(thrown instanceof Error) ? [] : [thrown.stack ?? thrown.message];
  let next = thrown instanceof Error ? thrown.cause : undefined;
  while (next !== undefined && causes.length < 10) {
    causes.push(messageOf(next));
    next = next instanceof Error ? next.cause : undefined;
  }
  return causes;
}

/** oclif marks what it throws itself (parse errors, unknown commands) with an `oclif` property. */
function isOclifError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'oclif' in thrown;
}
