import { FailedError, RefusedError, UsageError } from '../../errors.js';
import { MAX_TOKEN_CHARS, parseToken, type Approval } from '../../approval/token.js';
import { formatHandover, MAX_HANDOVER_BYTES, parseHandover, type Handover } from '../request/handover.js';
import { requestDigest, shortId } from '../request/canonical.js';
import { sha256Of } from '../store/stored-state.js';

/** Small things that people leave for each other beside a state. Whoever reads one believes nothing that it does not prove. */
export interface Notes {
  /**
   * Leaves something that was not there before; the same bytes once more are no error.
   *
   * @param name e.g. `DIGEST/request`
   * @returns where it is
   * @throws FailedError `NoteNotWritten`
   */
  put(name: string, bytes: Buffer): Promise<string>;
  /** @returns undefined when there is none @throws FailedError `NoteUnreadable` */
  get(name: string, maxBytes: number): Promise<Buffer | undefined>;
  /** The names that begin with `prefix`, some hundred at most. @throws FailedError `NoteUnreadable` */
  list(prefix: string): Promise<string[]>;
}

/** What a user may call a request: so many digits of its digest that it is no accident. */
export const REQUEST_ID = /^[0-9a-f]{8,64}$/;

/** More approvals of one request than anybody needs. */
const MAX_APPROVALS = 20;

/** So many of those that are too many are named. */
const MAX_NAMED = 3;

/** @returns where it is */
export async function shareHandover(notes: Notes, handover: Handover): Promise<string> {
  return notes.put(`${requestDigest(handover.request)}/request`, formatHandover(handover));
}

/** Several people, and both kinds of proofs of one, have a note each. @returns where it is */
export async function shareApproval(notes: Notes, approval: Approval, token: string): Promise<string> {
  const name = `${approval.request}/approval-${sha256Of(Buffer.from(token)).slice(0, 16)}`;
  return notes.put(name, Buffer.from(token));
}

/**
 * Finds a request by its id.
 *
 * @throws UsageError `RequestUnknown`, `RequestAmbiguous`; FailedError `RequestInvalid` and others
 */
export async function sharedHandover(notes: Notes, id: string): Promise<Handover> {
  const found = (await notes.list(id)).filter((name) => /^[0-9a-f]{64}\/request$/.test(name));
  const [name, other] = found;
  if (name === undefined) throw unknown(id);
  if (other !== undefined) {
    throw new UsageError('RequestAmbiguous', `more than one request begins with ${id}`, {
      hint: 'give more digits of it',
    });
  }
  const bytes = await notes.get(name, MAX_HANDOVER_BYTES);
  if (bytes === undefined) throw unknown(id);
  const handover = parseHandover(bytes, id);
  if (`${requestDigest(handover.request)}/request` === name) return handover;
  throw new FailedError('RequestInvalid', `what lies beside the state as request ${id} is another request`, {
    hint: 'find out who has put it there',
  });
}

/**
 * What people have said about a request beside the state: all of it, since what is left out could be a rejection.
 *
 * @throws RefusedError `TooManyApprovals`, `TokenInvalid`; FailedError `NoteUnreadable`
 */
export async function sharedApprovals(notes: Notes, digest: string): Promise<Approval[]> {
  const names = await notes.list(`${digest}/approval-`);
  if (names.length > MAX_APPROVALS) throw tooMany(digest, names);
  const all = await Promise.all(names.map((name) => notes.get(name, MAX_TOKEN_CHARS)));
  return all.flatMap((bytes) => (bytes === undefined ? [] : [parseToken(bytes.toString('latin1'))]));
}

function tooMany(digest: string, names: readonly string[]): RefusedError {
  const extra = names
    .slice(MAX_APPROVALS, MAX_APPROVALS + MAX_NAMED)
    .map((name) => name.split('/').at(-1) ?? name);
  return new RefusedError(
    'TooManyApprovals',
    `more than ${MAX_APPROVALS} approvals lie beside the state for request ${shortId(digest)}, e.g. ${extra.join(', ')}`,
    { hint: 'find out who has put them there: one may be a rejection; take away those that nobody knows' },
  );
}

function unknown(id: string): UsageError {
  return new UsageError('RequestUnknown', `there is no request ${id} beside the state`, {
    hint: 'its maker puts it there with --share; or ask for its file',
  });
}
