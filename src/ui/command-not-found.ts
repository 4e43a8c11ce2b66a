import type { Hook } from '@oclif/core';

import { UsageError } from '../errors.js';
import { nearest } from '../nearest.js';

/**
 * oclif's `command_not_found` hook: names the commands that look like what was typed. It never asks and never runs the
 * suggestion by itself: a mistyped command of this tool may be one that writes.
 */
const hook: Hook.CommandNotFound = function ({ id, config }) {
  const known = config.commands.filter((command) => !command.hidden).map(({ id }) => id.replaceAll(':', ' '));
  throw notFound(id.replaceAll(':', ' '), known, config.bin);
};

export default hook;

/** What to say of a command line that names none of the `known` commands. */
export function notFound(typed: string, known: readonly string[], bin: string): UsageError {
  const listed = `${bin} --help lists the commands`;
  if (typed.startsWith('-')) {
    // What follows "=" is a value, and may be a secret.
    const flag = typed.replace(/[= ].*/s, '');
    return new UsageError('CommandMissing', `no command before ${flag}`, { hint: listed });
  }
  // oclif takes the words after a command that has no arguments for a part of its name.
  const command = known.find((name) => typed.startsWith(`${name} `));
  if (command !== undefined) {
    const extra = typed.slice(command.length + 1);
    const hint = `${bin} ${command} --help shows how it is used`;
    return new UsageError('UnexpectedArgument', `${command} takes no argument ${extra}`, { hint });
  }
  const [suggestion] = nearest(typed, known, 1);
  const hint = suggestion === undefined ? listed : `did you mean ${bin} ${suggestion}?`;
  return new UsageError('CommandNotFound', `${typed} is not a ${bin} command`, { hint });
}
