import { FailedError } from '../../errors.js';

/** A configuration exceeds what its readers are ready to hold, e.g. `20000 files`. */
export function tooLarge(limit: string): FailedError {
  return new FailedError('ConfigurationTooLarge', `the configuration has more than ${limit}`);
}
