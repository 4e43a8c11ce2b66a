import { commonFlagsIn } from './common-flags.js';
import { errorEnvelope } from './envelope.js';
import { createPalette } from './palette.js';
import { describeError, renderError } from './render-error.js';

/** Where a failure is reported, and what the report needs to know of the command line. */
export interface FailureContext {
  /** The command, words separated by spaces; null when none could be found. */
  readonly command: string | null;
  readonly argv: readonly string[];
  /** The command's flags without dashes. */
  readonly knownFlags?: readonly string[];
  readonly process: Pick<NodeJS.Process, 'env' | 'stdout' | 'stderr' | 'exitCode'>;
}

/** Reports an error once, on stderr for people or on stdout with `--json`, and sets the exit code. */
export function reportFailure(thrown: unknown, { command, argv, knownFlags, process }: FailureContext): void {
  const { json, verbose, noColor } = commonFlagsIn(argv);
  const report = describeError(thrown, { verbose, ...(knownFlags === undefined ? {} : { knownFlags }) });
  process.exitCode = report.exitCode;
  if (json) {
    process.stdout.write(`${JSON.stringify(errorEnvelope(command, report), null, 2)}\n`);
    return;
  }
  const colour = createPalette({ isTTY: process.stderr.isTTY, env: process.env, noColor });
  process.stderr.write(`${renderError(report, colour)}\n`);
}
