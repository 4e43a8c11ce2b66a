import { FailedError, type ErrorDetails } from '../../errors.js';

/** A place in a source file, from which errors are thrown. */
export interface Source {
  /** The file as the user would name it, e.g. `data/services/x/app.yml`. */
  readonly name: string;
  readonly text: string;
}

/** A problem in a source file, at an offset of its text. @returns FailedError `BundleSource`, for the caller to throw */
export function sourceError(
  source: Source,
  offset: number,
  problem: string,
  details: ErrorDetails = {},
): FailedError {
  const before = source.text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return fileError(`${source.name}:${line}:${column}`, problem, details);
}

/** A problem of a whole file. @returns FailedError `BundleSource`, for the caller to throw */
export function fileError(file: string, problem: string, details: ErrorDetails = {}): FailedError {
  return new FailedError('BundleSource', `${file}: ${problem}`, details);
}
