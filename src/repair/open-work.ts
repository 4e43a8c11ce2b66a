import { FailedError } from '../errors.js';
import { historyOf } from '../surgery/history.js';
import { openJournal } from '../surgery/journal/journal.js';
import { resumeAll } from '../surgery/resume-all.js';
import { withStateRoot } from '../surgery/roots/state-root.js';
import { approvalsBeside, approvalsOf } from './approvals.js';
import { deliver, deliveriesOf } from './deliver.js';
import { carryOutPending } from './execute-pending.js';
import { prepareRequest, previewOf } from './prepare-request.js';
import { forgetSession } from './session-file.js';
import type { RepairSite } from './site.js';
import type { Pending, Progress, Work } from './work.js';

/** The real work of a repair session. */
export function openWork(site: RepairSite): Work {
  const { diagnose, reviewHere } = site;
  return {
    diagnose,
    preview: (operation) => previewOf(operation, site),
    prepare: (preparation) => prepareRequest(preparation, site),
    deliveries: (pending) => deliveriesOf(pending, site),
    deliver: (pending, delivery) => deliver(pending, delivery, site),
    approvalsBeside: (pending, known, wait) => approvalsBeside(pending, known, wait, site),
    reviewHere,
    approvals: (pending, tokens) => approvalsOf(pending, tokens, site),
    carryOut: (pending, tokens, observer) => carryOutPending(pending, tokens, observer, site),
    progress: (pending) => progressOf(pending, site),
    settle: (pending) => settle(pending, site),
  };
}

async function progressOf({ id, digest }: Pending, { dataFolder, world }: RepairSite): Promise<Progress> {
  const { requests } = await historyOf(openJournal(dataFolder, world.now));
  const progress = requests.find((request) => request.digest === digest)?.result ?? 'waiting';
  if (progress === 'done') await forgetSession(dataFolder, id);
  return progress;
}

async function settle({ id }: Pending, { state, dataFolder, world }: RepairSite) {
  const { now } = world;
  const [ended] = await withStateRoot(state, world, ({ store }) =>
    resumeAll({ store, journal: openJournal(dataFolder, now), now }, id),
  );
  if (ended?.how === 'done') await forgetSession(dataFolder, id);
  if (ended !== undefined) return ended.how;
  throw new FailedError('RepairUnreadable', `the journal does not say how request ${id} went on`, {
    hint: 'tfrepair state history shows it',
  });
}
