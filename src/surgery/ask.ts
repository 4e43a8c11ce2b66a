import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';

import type { ExpectedAction } from '../diagnosis/finding.js';
import type { Signer } from '../review/signer.js';
import type { World } from '../world.js';
import type { Change } from './difference/structural-difference.js';
import { prepare, type Prepared } from './engine/prepare.js';
import type { TerraformPort } from './terraform/terraform-port.js';
import { openJournal } from './journal/journal.js';
import { whatWasAsked } from './journal/what-was-asked.js';
import type { Operation } from './operations/operation.js';
import { shareHandover } from './notes/notes.js';
import { canonicalRequest, shortId } from './request/canonical.js';
import { handoverToken, type Handover } from './request/handover.js';
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
  /** Findings that speak for it; those about other addresses are left out. */
  readonly evidence?: SurgeryRequest['evidence'];
  /** Words that name the root on a command line, e.g. `--account acme`. */
  readonly subject?: readonly string[];
  /** Leave it beside the state, too, where a reviewer finds it by its id. */
  readonly share?: boolean;
}

/** What has come of it. No value of the state is in it. */
export interface AskReport {
  readonly root: string;
  readonly state: string;
  readonly serial: number;
  readonly changes: readonly Change[];
  readonly expectedPlan: readonly ExpectedAction[];
  /** Absent when it was only shown. */
  readonly request?: HandedOver;
  /** Why nothing was written. */
  readonly refused?: string;
}

/** A request that was written down. */
export interface HandedOver {
  readonly file: string;
  readonly digest: string;
  readonly notAfter: string;
  /** The same as one line. */
  readonly token: string;
  /** Where it lies beside the state; absent: nowhere. */
  readonly shared?: string;
  /** By what its maker has proved that it is theirs; absent: by nothing. */
  readonly maker?: 'sts' | 'ssh';
  /** Words of what the second person runs. */
  readonly review: readonly string[];
}

/** The maker. */
export interface Maker {
  /** Of tfrepair. */
  readonly version: string;
  /** For requests and the journal. */
  readonly dataFolder: string;
  readonly world: Pick<World, 'now' | 'cwd'>;
  /** Proves that the request is theirs; undefined: they have nothing to sign with. */
  readonly signer?: Signer | undefined;
  /** What they are called; undefined: not known. */
  readonly person?: string | undefined;
}

/**
 * Prepares a request and writes it down for a second person. The state itself is not written.
 *
 * @throws what `prepare` throws; FailedError `RequestNotWritten`, `JournalNotWritten`
 */
export async function ask(asked: Asked, root: StateRoot, maker: Maker): Promise<AskReport> {
  const { name, store, account, loopIsOff, isConfigured } = root;
  const { operations, earlier, reason, ticket, acceptRunningLoop, dryRun, engine, terraform } = asked;
  const { now } = maker.world;
  const wish = {
    ...{ root: name, account, loopIsOff, isConfigured, operations, earlier },
    ...{ reason, ticket, acceptRunningLoop, evidence: evidenceOf(asked), tools: { tfrepair: maker.version } },
    ...{ requester: requesterOf(root, maker), engine, terraform },
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

function requesterOf({ aws }: StateRoot, { signer, person }: Maker): Requester {
  const own = aws && { arn: aws.arn, userId: aws.userId, accessKeyId: aws.credentials.accessKeyId };
  return { ...own, ...signer?.self, ...(person === undefined ? {} : { person }) };
}

function evidenceOf({ evidence = [], operations }: Asked): SurgeryRequest['evidence'] {
  const named = operations.flatMap(addressesIn);
  return evidence.filter(({ address }) => address === undefined || named.some((one) => holds(one, address)));
}

/** Whether an address is another one, an instance of it, or in it. */
function holds(target: string, address: string): boolean {
  return address === target || address.startsWith(`${target}.`) || address.startsWith(`${target}[`);
}

function addressesIn(operation: Operation): readonly string[] {
  switch (operation.op) {
    case 'rm':
      return operation.addresses;
    case 'mv':
      return operation.moves.flatMap(({ from, to }) => [from, to]);
    case 'import':
      return [operation.address];
    case 'replace-provider':
      return operation.addresses ?? [];
    case 'restore':
      return [];
  }
}

async function handOver(
  { request, digest }: Prepared,
  { requestOut, share = false, subject = [] }: Asked,
  { name, store }: StateRoot,
  { dataFolder, world, signer }: Maker,
): Promise<Pick<AskReport, 'request' | 'refused'>> {
  const id = shortId(digest);
  const file =
    requestOut === undefined ? join(dataFolder, 'requests', `${id}.json`) : resolve(world.cwd, requestOut);
  const maker = await signer?.sign({ decision: 'prepare', request: digest }, canonicalRequest(request));
  const handover: Handover = { request, ...(maker === undefined ? {} : { maker }) };
  await writeHandover(file, handover);
  await openJournal(dataFolder, world.now).append({
    ...{ request: digest, step: 'prepared', root: name, state: store.label, file },
    ...whatWasAsked(request),
  });
  const shared = share && store.notes !== undefined ? await shareHandover(store.notes, handover) : undefined;
  return {
    request: {
      ...{ file, digest, notAfter: request.notAfter, token: handoverToken(handover) },
      ...(shared === undefined ? {} : { shared }),
      ...(maker === undefined ? {} : { maker: maker.proof.kind }),
      review: ['tfrepair', 'review', shared === undefined ? file : id, ...subject],
    },
    refused: 'a second person has to approve it',
  };
}
