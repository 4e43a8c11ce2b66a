import type { Hook } from '@oclif/core';

import { UsageError } from '../errors.js';
import { nearest } from '../nearest.js';

/**
 * oclif's `command_not_found` hook: names the commands that look like what was typed. It never asks and never runs the
 * suggestion by itself: a mistyped command of this tool may be one that writes.
 */
const hook: Hook.CommandNotFound = function ({ id, config }) {
  const typed = id.replaceAll(':', ' ');
  const known = config.commands.filter((command) => !command.hidden).map((command) => command.id);
  const [suggestion] = nearest(
    typed,
    known.map((name) => name.replaceAll(':', ' ')),
  );
  const hint =
    suggestion === undefined
      ? `${config.bin} --help lists the commands`
      : `did you mean ${config.bin} ${suggestion}?`;
  throw new UsageError('CommandNotFound', `${typed} is not a ${config.bin} command`, { hint });
};

export default hook;
