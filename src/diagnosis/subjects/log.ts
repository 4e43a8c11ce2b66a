import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';

import { FailedError, messageOf } from '../../errors.js';
import type { Owners } from '../../rendering/owners.js';
import { readLog, type LogReading } from '../../terraform/log/read-log.js';
import type { World } from '../../world.js';
import { diagnose } from '../diagnose.js';
import type { RootDiagnosis } from '../diagnosis.js';
import { shortOwners } from './owners.js';

/** A log that is to be diagnosed. */
export interface LogDiagnosisRequest {
  /** As the user wrote it; `-` is stdin. */
  readonly log: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Of a log that several accounts share, only this one's lines count. */
  readonly account: string | undefined;
  /** Who owns what in the account; undefined: not asked. */
  readonly owners: Owners | undefined;
}

/** Diagnoses what a log tells, and no more. @throws FailedError `LogUnreadable`, `LogEmpty` */
export async function diagnoseLog(request: LogDiagnosisRequest, world: World): Promise<RootDiagnosis> {
  const { owners, account, log } = request;
  const { plan, notes } = await readingOf(request, world);
  return diagnose({
    ...{ name: account ?? (log === '-' ? 'stdin' : log), kind: 'log', uid: owners?.account.uid },
    ...{ state: undefined, config: undefined, lock: undefined, aws: undefined, failures: [] },
    ...{ terraformVersion: plan.version, now: world.now(), managedByErv2: owners?.managedByErv2 },
    plan: () => Promise.resolve({ plan, durationMs: undefined, notes }),
    ownersOf: (addresses) =>
      Promise.resolve(owners === undefined ? new Map() : shortOwners(addresses, owners)),
    notes: [],
  });
}

async function readingOf({ log, stdin, account }: LogDiagnosisRequest, { cwd }: World): Promise<LogReading> {
  const reading = await readChunks(log === '-' ? stdin : createReadStream(resolve(cwd, log)), log, account);
  const { refreshes, changes, drift, diagnostics } = reading.plan;
  if ([refreshes, changes, drift, diagnostics].some((list) => list.length > 0)) return reading;
  throw new FailedError('LogEmpty', `${log === '-' ? 'stdin' : log} holds no log of terraform or OpenTofu`, {
    hint: 'give the output of a plan or an apply, as text or with -json',
  });
}

async function readChunks(
  chunks: AsyncIterable<Uint8Array>,
  log: string,
  account: string | undefined,
): Promise<LogReading> {
  try {
    return await readLog(chunks, { account });
  } catch (error) {
    throw new FailedError('LogUnreadable', `cannot read ${log}: ${messageOf(error)}`, { cause: error });
  }
}
