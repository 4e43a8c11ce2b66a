import { resolve } from 'node:path';

import * as v from 'valibot';

import { readBounded } from '../bounded-file.js';
import { FailedError, messageOf, UsageError } from '../errors.js';
import type { Move } from './operations/operation.js';

const MAX_BYTES = 1024 * 1024;

const Moves = v.array(v.strictObject({ from: v.string(), to: v.string() }));

/**
 * Moves from pairs of addresses, or from a file.
 *
 * @throws UsageError `MoveIncomplete`, FailedError `MovesUnreadable`
 */
export async function readMoves(
  pairs: readonly string[],
  file: string | undefined,
  cwd: string,
): Promise<Move[]> {
  const moves = pairs.flatMap((from, index): Move[] => {
    if (index % 2 === 1) return [];
    const to = pairs[index + 1];
    if (to === undefined) throw incomplete(`nothing says where ${from} shall be`);
    return [{ from, to }];
  });
  if (file !== undefined) moves.push(...(await movesIn(resolve(cwd, file))));
  if (moves.length === 0) throw incomplete('no move is named');
  return moves;
}

async function movesIn(file: string): Promise<Move[]> {
  try {
    return v.parse(Moves, JSON.parse((await readBounded(file, MAX_BYTES)).toString()));
  } catch (error) {
    throw new FailedError('MovesUnreadable', `cannot read moves from ${file}: ${problemIn(error)}`, {
      hint: 'it is a JSON list of objects with "from" and "to"',
      cause: error,
    });
  }
}

/** With its place in the list, counted from 0 as in JSON paths. */
function problemIn(error: unknown): string {
  if (!v.isValiError(error)) return messageOf(error);
  const [issue] = error.issues;
  const path = v.getDotPath(issue);
  return path === null ? messageOf(error) : `${path}: ${messageOf(error)}`;
}

function incomplete(what: string): UsageError {
  return new UsageError('MoveIncomplete', what, { hint: 'name pairs: FROM TO, or give --from-file FILE' });
}
