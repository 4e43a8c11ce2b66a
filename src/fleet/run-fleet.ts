import pLimit from 'p-limit';

import type { RootDiagnosis } from '../diagnosis/diagnosis.js';
import { InterruptedError, TfrepairError, messageOf } from '../errors.js';

/** What happens to one account of many. */
export type FleetEvent =
  | { readonly kind: 'begun'; readonly name: string }
  | { readonly kind: 'ended'; readonly name: string; readonly root: RootDiagnosis };

export interface FleetOptions {
  /** How many at a time. */
  readonly jobs: number;
  /** Aborted when the user interrupts: no further account is begun then. */
  readonly signal: AbortSignal;
  readonly onProgress: (event: FleetEvent) => void;
}

/**
 * Diagnoses many accounts, some at a time. One that cannot be diagnosed is a diagnosis with a failure and stops no other.
 *
 * @returns the diagnoses, in the order of the names
 * @throws the signal's reason once what was under way has ended
 */
export async function runFleet(
  names: readonly string[],
  diagnoseOne: (name: string) => Promise<RootDiagnosis>,
  { jobs, signal, onProgress }: FleetOptions,
): Promise<RootDiagnosis[]> {
  const limit = pLimit(jobs);
  const runOne = async (name: string): Promise<RootDiagnosis> => {
    signal.throwIfAborted();
    onProgress({ kind: 'begun', name });
    const root = await diagnoseOne(name).catch((error: unknown) => undiagnosed(name, error));
    // What an interruption made fail is no fault of the account's.
    signal.throwIfAborted();
    onProgress({ kind: 'ended', name, root });
    return root;
  };
  // All must have ended before an interruption is reported: they clean up after themselves.
  const settled = await Promise.allSettled(names.map((name) => limit(runOne, name)));
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** The diagnosis of an account about which nothing could be found out. @throws an interruption */
function undiagnosed(name: string, error: unknown): RootDiagnosis {
  if (error instanceof InterruptedError) throw error;
  const failure =
    error instanceof TfrepairError
      ? {
          code: error.code,
          message: error.message,
          ...(error.hint === undefined ? {} : { hint: error.hint }),
        }
      : { code: 'Unexpected', message: `unexpected error: ${messageOf(error)}` };
  return { name, kind: 'account', findings: [], resources: [], notes: [], failure };
}
