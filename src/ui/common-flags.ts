/** The flags that decide how a command line answers, also when it cannot be parsed. */
export interface CommonFlags {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly noColor: boolean;
}

/** Finds the common flags in an argument list; what stands after `--` belongs to the command. */
export function commonFlagsIn(argv: readonly string[]): CommonFlags {
  const end = argv.indexOf('--');
  const flags = new Set(end === -1 ? argv : argv.slice(0, end));
  return { json: flags.has('--json'), verbose: flags.has('--verbose'), noColor: flags.has('--no-color') };
}
