import { carryOut, type CarriedOut } from '../review/carry-out.js';
import { policyOf } from '../review/session.js';
import { siteOf } from '../review/site.js';
import { approvalsIn } from './approvals.js';
import { forgetSession } from './session-file.js';
import { atWork, type RepairSite } from './site.js';
import { handoverOf, type CarryOutObserver, type Pending } from './work.js';

/** Carries out a request that is approved. @throws what `carryOut` throws */
export async function carryOutPending(
  pending: Pending,
  tokens: readonly string[],
  observer: CarryOutObserver,
  site: RepairSite,
): Promise<CarriedOut> {
  const { backups, verify, note, dataFolder } = site;
  const approvals = await approvalsIn(tokens, site);
  return atWork(site, async (session) => {
    const policy = policyOf(session, handoverOf(pending), approvals);
    const order = { request: pending.request, policy, earlier: undefined, verify };
    const done = await carryOut(order, session.root, siteOf(session, backups, { ...observer, note }));
    await forgetSession(dataFolder, pending.id);
    return done;
  });
}
