import { FailedError } from '../errors.js';
import { makerIn } from '../review/maker-in.js';
import { shellLine } from '../shell-words.js';
import { ask, type Asked, type AskReport } from '../surgery/ask.js';
import type { Operation } from '../surgery/operations/operation.js';
import { requestDigest, shortId } from '../surgery/request/canonical.js';
import { readHandover } from '../surgery/request/handover-file.js';
import { saveSession, type SavedSession } from './session-file.js';
import { atWork, type RepairSite } from './site.js';
import type { Pending, Preparation } from './work.js';

/** What an operation would make different, without a trace. */
export async function previewOf(operation: Operation, site: RepairSite): Promise<AskReport> {
  const wish = { reason: 'preview', ticket: undefined, acceptRunningLoop: undefined, evidence: [] };
  return asked({ ...wish, operations: [operation], dryRun: true, requestOut: undefined }, site);
}

/** Writes a request down, and how to go on with it. */
export async function prepareRequest(
  { operation, ...wish }: Preparation,
  site: RepairSite,
): Promise<{ readonly report: AskReport; readonly pending: Pending }> {
  const { requestOut, dataFolder, flags } = site;
  const report = await asked({ ...wish, operations: [operation], dryRun: false, requestOut }, site);
  if (report.request === undefined) {
    throw new FailedError('RequestNotWritten', 'there is no request');
  }
  const pending = await readPending(report.request.file, flags);
  const findings = wish.evidence.map(({ code, address }) => ({
    code,
    ...(address === undefined ? {} : { address }),
  }));
  const session = { digest: pending.digest, handover: pending.file, findings, flags };
  await saveSession(dataFolder, pending.id, session);
  return { report, pending };
}

/** A request from its file. @throws FailedError `RequestUnreadable`, `RequestInvalid` */
export async function readPending(file: string, flags: SavedSession['flags']): Promise<Pending> {
  const { request, maker } = await readHandover(file);
  const digest = requestDigest(request);
  return {
    ...{ id: shortId(digest), digest, request, file },
    ...(maker === undefined ? {} : { maker }),
    reviewLine: shellLine(reviewWords(file, flags)),
  };
}

/** What the second person runs. @param named the request: a file, a token or an id */
export function reviewWords(named: string, { account, dir }: SavedSession['flags']): string[] {
  if (account !== undefined) return ['tfrepair', 'review', named, '--account', account];
  return ['tfrepair', 'review', named, ...(dir === undefined ? [] : ['--dir', dir])];
}

async function asked(wish: Asked, site: RepairSite): Promise<AskReport> {
  const { version, dataFolder, world, proof } = site;
  return atWork(site, async (session) => {
    const maker = wish.dryRun ? {} : await makerIn(session, proof);
    const { terraform, root } = session;
    return ask({ ...wish, terraform }, root, { version, dataFolder, world, ...maker });
  });
}
