import { InterruptedError } from '../errors.js';
import type { Lines } from './session.js';
import type { Stage } from './stage.js';

/**
 * What to say of an interruption: what was done, what was not, and how to go on.
 *
 * @param done how many repairs were carried out before
 */
export function interruptionAt(stage: Stage, lines: Lines, done: number): InterruptedError {
  const before =
    done === 0 ? '' : `; ${done} ${done === 1 ? 'repair was' : 'repairs were'} carried out before`;
  const text = (what: string): string => `interrupted: ${what}${before}`;
  switch (stage.at) {
    case 'deliver':
    case 'resume':
    case 'approval':
    case 'confirm': {
      const { id, file } = stage.pending;
      return new InterruptedError(
        'Interrupted',
        text(`request ${id} waits in ${file}; nothing was written`),
        {
          hint: lines.resume(id),
        },
      );
    }
    case 'carry-out':
      return new InterruptedError(
        'Interrupted',
        text(`request ${stage.pending.id} was being carried out; the state is as before or as approved`),
        { hint: `${lines.resume(stage.pending.id)} says which, and goes on` },
      );
    case 'carried-out':
      return new InterruptedError(
        'Interrupted',
        `interrupted: request ${stage.pending.id} is carried out; nothing else was begun`,
        { hint: lines.start },
      );
    case 'prepare':
      return new InterruptedError(
        'Interrupted',
        text('nothing was written to the state; a request may have been made'),
        { hint: `tfrepair state history tells; to begin anew: ${lines.start}` },
      );
    default:
      return new InterruptedError('Interrupted', text('nothing was asked for, and nothing was written'), {
        hint: lines.start,
      });
  }
}
