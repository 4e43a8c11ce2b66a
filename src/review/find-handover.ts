import { access } from 'node:fs/promises';
import { resolve } from 'node:path';

import { parseToken, TOKEN_PREFIX, type Approval } from '../approval/token.js';
import { readBounded } from '../bounded-file.js';
import { FailedError, messageOf, UsageError } from '../errors.js';
import { REQUEST_ID, sharedHandover, type Notes } from '../surgery/notes/notes.js';
import { readHandover } from '../surgery/request/handover-file.js';
import {
  HANDOVER_PREFIX,
  MAX_HANDOVER_BYTES,
  parseHandover,
  type Handover,
} from '../surgery/request/handover.js';

/** Where handovers are looked for. */
export interface HandoverPlaces {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Beside the state. */
  readonly notes: Notes | undefined;
}

/** A token file is a line. */
const MAX_TOKEN_FILE = 64 * 1024;

/**
 * Reads the handover that a user names: `-` for stdin, a token, a file, or the id of one beside the state.
 *
 * @throws UsageError `RequestUnknown`; FailedError `RequestUnreadable`, `RequestInvalid` and others
 */
export async function findHandover(named: string, { cwd, stdin, notes }: HandoverPlaces): Promise<Handover> {
  if (named === '-') return parseHandover(await whole(stdin), 'on stdin');
  if (named.startsWith(HANDOVER_PREFIX)) return parseHandover(Buffer.from(named), 'in the token');
  const file = resolve(cwd, named);
  if (!REQUEST_ID.test(named) || (await exists(file))) return readHandover(file);
  if (notes !== undefined) return sharedHandover(notes, named);
  throw new UsageError('RequestUnknown', `there is no file ${named}, and nothing lies beside this state`, {
    hint: 'ask the maker for the file of the request, or for its token',
  });
}

/**
 * Reads an approval: a token, or a file with one.
 *
 * @throws RefusedError `TokenInvalid`; FailedError `ApprovalUnreadable`
 */
export async function findApproval(named: string, cwd: string): Promise<Approval> {
  if (named.startsWith(TOKEN_PREFIX)) return parseToken(named.trim());
  let text: string;
  try {
    text = (await readBounded(resolve(cwd, named), MAX_TOKEN_FILE)).toString('latin1');
  } catch (error) {
    throw new FailedError('ApprovalUnreadable', `cannot read the approval ${named}: ${messageOf(error)}`, {
      hint: 'give the token itself, or a file that tfrepair review --out has written',
      cause: error,
    });
  }
  return parseToken(text.trim());
}

async function whole(stdin: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.byteLength;
    if (size > 2 * MAX_HANDOVER_BYTES) {
      throw new FailedError('RequestUnreadable', 'what comes on stdin is larger than any request');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
