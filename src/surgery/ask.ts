import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';

import { RefusedError } from '../errors.js';
import type { ExpectedAction } from '../diagnosis/finding.js';
import type { World } from '../world.js';
import type { Change } from './difference/structural-difference.js';
import { prepare, type Prepared } from './engine/prepare.js';
import type { TerraformPort } from './terraform/terraform-port.js';
import { openJournal } from './journal/journal.js';
import { noApproval } from './no-approval.js';
import type { Operation } from './operations/operation.js';
import { shortId } from './request/canonical.js';
import type { Requester, SurgeryRequest } from './request/request.js';
import { writeHandover } from './request/handover-file.js';
import type { StateRoot } from './roots/state-root.js';
import type { StoredState } from './store/store.js';

/** What a user asks to be done to a state. */
export interface Asked {
  readonly operations: readonly Operation[];
  /** For a `restore`. */
  readonly earlier?: StoredState | undefined;
  /** Who computes the new state; default: we do. */
  readonly engine?: SurgeryRequest['engine'];
  /** Where terraform may be run. */
  readonly terraform?: TerraformPort;
  readonly reason: string;
  readonly ticket: string | undefined;
  readonly acceptRunningLoop: string | undefined;
  /** Only show what would be different. */
  readonly dryRun: boolean;
  /** undefined: in the data folder. */
  readonly requestOut: string | undefined;
}

/** What has come of it. No value of the state is in it. */
export interface AskReport {
  readonly root: string;
  readonly state: string;
  readonly serial: number;
  readonly changes: readonly Change[];
  readonly expectedPlan: readonly ExpectedAction[];
  /** Absent when it was only shown. */
  readonly request?: { readonly file: string; readonly digest: string; readonly notAfter: string };
  /** Why nothing was written. */
  readonly refused?: string;
}

/** The maker. */
export interface Maker {
  /** Of tfrepair. */
  readonly version: string;
  /** For requests and the journal. */
  readonly dataFolder: string;
  readonly world: Pick<World, 'now' | 'cwd'>;
}

/**
 * Prepares a request and writes it down for a second person. The state itself is not written.
 *
 * @throws what `prepare` throws; FailedError `RequestNotWritten`, `JournalNotWritten`
 */
export async function ask(asked: Asked, root: StateRoot, maker: Maker): Promise<AskReport> {
  const { name, store, aws, account, loopIsOff, isConfigured } = root;
  const { operations, earlier, reason, ticket, acceptRunningLoop, dryRun, engine, terraform } = asked;
  const { now } = maker.world;
  const wish = {
    ...{ root: name, account, loopIsOff, isConfigured, operations, earlier },
    ...{ reason, ticket, acceptRunningLoop, evidence: [], tools: { tfrepair: maker.version } },
    ...{ requester: requesterOf(aws), engine, terraform },
  };
  const prepared = await prepare(dryRun ? { ...wish, loopIsOff: undefined } : wish, store, {
    now,
    nonce: () => randomBytes(32).toString('hex'),
  });
  const { base, changes, request } = prepared;
  const seen = { root: name, state: store.label, serial: base.serial, changes };
  const report = { ...seen, expectedPlan: request.expectedPlan };
  if (dryRun) return report;
  return { ...report, ...(await handOver(prepared, asked, root, maker)) };
}

function requesterOf(aws: StateRoot['aws']): Requester {
  if (aws === undefined) return {};
  const { arn, userId, credentials } = aws;
  return { arn, userId, accessKeyId: credentials.accessKeyId };
}

async function handOver(
  { request, digest }: Prepared,
  { requestOut, operations }: Asked,
  { name, store }: StateRoot,
  { dataFolder, world }: Maker,
): Promise<Pick<AskReport, 'request' | 'refused'>> {
  const file =
    requestOut === undefined
      ? join(dataFolder, 'requests', `${shortId(digest)}.json`)
      : resolve(world.cwd, requestOut);
  await writeHandover(file, { request });
  const { reason, ticket, requester } = request;
  await openJournal(dataFolder, world.now).append({
    ...{ request: digest, step: 'prepared', root: name, state: store.label, reason, file },
    ...(ticket === undefined ? {} : { ticket }),
    ...(requester.arn === undefined ? {} : { requester: requester.arn }),
    operations: operations.map(({ op }) => op),
  });
  const { notAfter } = request;
  return { request: { file, digest, notAfter }, refused: await refusal(request, digest) };
}

async function refusal(...of: Parameters<typeof noApproval.verify>): Promise<string> {
  try {
    await noApproval.verify(...of);
    return '';
  } catch (error) {
    if (error instanceof RefusedError) return error.message;
    throw error;
  }
}
