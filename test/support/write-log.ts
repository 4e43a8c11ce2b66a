import { randomUUID } from 'node:crypto';

import { stateOf } from './s3-store.js';

/** What a writer has put into a state: which write it is, and on which it was built. */
export interface Mark {
  readonly write: string;
  /** Undefined: on none, blindly. */
  readonly builtOn: string | undefined;
}

/** A state that says which write it is, and on which it was built. */
export function markedState(serial: number, builtOn: string | undefined): { bytes: Buffer; write: string } {
  const write = randomUUID();
  return { bytes: stateOf(serial, { write, builtOn: builtOn ?? null }), write };
}

export function markOf(bytes: Buffer): Mark & { readonly serial: number } {
  const { write, builtOn, serial } = JSON.parse(bytes.toString()) as {
    write: string;
    builtOn: string | null;
    serial: number;
  };
  return { write, builtOn: builtOn ?? undefined, serial };
}

/**
 * The writes that destroyed another one which they had not seen.
 *
 * @param written everything that was ever stored, in order
 */
export function lostUpdates(written: readonly Buffer[]): Mark[] {
  const marks = written.map(markOf);
  return marks.filter(
    ({ builtOn }, at) => at > 0 && builtOn !== undefined && builtOn !== marks[at - 1]?.write,
  );
}
