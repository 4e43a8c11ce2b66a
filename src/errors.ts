import { types } from 'node:util';

/** The exit codes of every command; the table in docs/commands.md says the same. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  findings: 3,
  refused: 4,
  stateChanged: 5,
  transient: 80,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface ErrorDetails {
  /** What to do next, as one short sentence or command. */
  readonly hint?: string;
  /** The error that this one explains; shown with --verbose. */
  readonly cause?: unknown;
}

/**
 * An error that the user can act on. Thrown where it is found, rendered once by the base command:
 * what happened (and why) is the message, what to do next is the hint.
 */
export abstract class TfrepairError extends Error {
  /** Stable, machine-readable name, e.g. `ConfigInvalid`. */
  readonly code: string;
  readonly hint: string | undefined;
  abstract readonly exitCode: ExitCode;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = details.hint;
  }
}

/** Something failed: input that cannot be used, a program or a server that refused. */
export class FailedError extends TfrepairError {
  readonly exitCode = ExitCode.failed;
}

/** The command line asks for something that makes no sense. */
export class UsageError extends TfrepairError {
  readonly exitCode = ExitCode.usage;
}

/** A guard said no, or a valid approval is missing. */
export class RefusedError extends TfrepairError {
  readonly exitCode = ExitCode.refused;
}

/** The state is not the one that was reviewed any more; nothing was written. */
export class StateChangedError extends TfrepairError {
  readonly exitCode = ExitCode.stateChanged;
}

/** The user interrupted (Ctrl-C). */
export class InterruptedError extends TfrepairError {
  readonly exitCode = ExitCode.interrupted;
}

/** Whether `thrown` is an error, also one made in another realm (a worker, a sandbox of a test runner). */
export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || types.isNativeError(thrown);
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return isError(thrown) ? thrown.message : String(thrown);
}

/** The system error code (`ENOENT`, `EADDRINUSE`, …) of anything that was thrown. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!isError(thrown) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
