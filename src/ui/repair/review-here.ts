import { resolve } from 'node:path';

import { RefusedError, UsageError } from '../../errors.js';
import type { RepairSite } from '../../repair/site.js';
import { handoverOf, type LocalReviewer, type Pending } from '../../repair/work.js';
import { decide, requireMayDecide } from '../../review/decide.js';
import { examine } from '../../review/examine.js';
import { requireKnownKey } from '../../review/require-known-key.js';
import type { ReviewView } from '../../review/review-view.js';
import { openSession } from '../../review/session.js';
import { requireSigner } from '../../review/signer.js';
import { distinctName } from '../../terraform/address/plain-address.js';
import { withStateRoot } from '../../surgery/roots/state-root.js';
import { renderReview } from '../review-report.js';
import type { Prompts } from '../prompts.js';
import type { Conversation } from './conversation.js';

/**
 * Has a colleague look at a request at this terminal, by an identity of their own: the same reading, computing and view as
 * at theirs. Who made the request is refused here as there.
 *
 * @returns their token
 * @throws RefusedError who cannot be the second person, and what is not as the request says; `NotApproved`
 */
export async function reviewHere(
  pending: Pending,
  reviewer: LocalReviewer,
  { state: own, world, dataFolder }: Pick<RepairSite, 'state' | 'world' | 'dataFolder'>,
  { prompts, write, style }: Conversation,
): Promise<string> {
  const { request, id } = pending;
  if (prompts === undefined) throw new UsageError('TerminalMissing', 'nobody can be asked to review it here');
  const isSsh = reviewer.kind === 'ssh';
  const state = isSsh ? own : { ...own, awsProfile: reviewer.profile };
  const sshKey = isSsh ? resolve(world.cwd, reviewer.key) : undefined;
  return withStateRoot(state, world, async (root) => {
    const session = await openSession(root, state, { dataFolder, sshKey }, world);
    const signer = await requireSigner({ ...session.signing, wanted: isSsh ? 'ssh' : 'sts' });
    requireMayDecide('approve', signer, request, session);
    await requireKnownKey(signer, session);
    const view = await examine(handoverOf(pending), session, { earlier: undefined, askAws: true });
    write(['', renderReview(view, { ...style, allInstances: false }), '']);
    requireNoDifference(view);
    if (!(await approves(view, prompts))) {
      throw new RefusedError('NotApproved', `request ${id} was not approved`);
    }
    return (await decide({ decision: 'approve' }, request, signer, session)).token;
  });
}

function requireNoDifference({ differences }: ReviewView): void {
  if (differences.length === 0) return;
  throw new RefusedError('ReviewDiffers', `the request is not what it says: ${differences.join('; ')}`, {
    hint: 'prepare another request; nobody can approve this one',
  });
}

/** A name and a number, so that both have been read. */
async function approves({ root, instances }: ReviewView, prompts: Prompts): Promise<boolean> {
  const count = String(instances.length);
  const name = {
    message: `To approve, the colleague types the name, ${distinctName(root)}:`,
    expected: root,
  };
  const number = { message: 'and how many objects it is about:', expected: count };
  return (await prompts.confirmTyped(name)) && (await prompts.confirmTyped(number));
}
