import { requireOpen } from '../approval/policy.js';
import { requireSameState } from '../surgery/engine/guards.js';
import { changedAddresses } from './changed-addresses.js';
import { requestDigest } from '../surgery/request/canonical.js';
import type { Handover } from '../surgery/request/handover.js';
import type { StoredState } from '../surgery/store/store.js';
import { requireSameAccount } from './carry-out.js';
import { makerWord } from './maker-word.js';
import { recompute } from './recompute.js';
import { reviewView, type ReviewView } from './review-view.js';
import { ownersIn, type Session } from './session.js';
import { stateFacts } from './state-facts.js';
import { askAround, questionsOf } from './surroundings.js';

/** What a request is looked at with. */
export interface Examination {
  /** The content that a `restore` makes current. */
  readonly earlier: StoredState | undefined;
  /** Whether AWS is asked about the addresses. */
  readonly askAws: boolean;
}

/**
 * Looks at a request with our own eyes: our reading of the state, our computing, what app-interface and AWS say now.
 *
 * @throws RefusedError `OtherState`, `OtherAccount`, `RequestExpired`, `RequestTooOld`, `AlreadyExecuted`, `RequestRejected`
 *   and others: nobody may approve it any more
 */
export async function examine(
  handover: Handover,
  session: Session,
  { earlier, askAws }: Examination,
): Promise<ReviewView> {
  const { request } = handover;
  const { root, terraform, context, world } = session;
  requireSameState(request, root.store);
  requireSameAccount(request, root);
  await requireOpen(request, requestDigest(request), context);
  const { isConfigured, store } = root;
  const recomputed = await recompute(request, store, { earlier, terraform, isConfigured });
  const addresses = changedAddresses(recomputed.changes);
  const facts = stateFacts(recomputed.base.bytes, addresses);
  const around = await askAround(addresses, facts, {
    owners: ownersIn(session),
    aws: askAws ? questionsOf(root, world.signal) : undefined,
    account: root.account?.uid,
  });
  const word = await makerWord(handover, context);
  return reviewView(request, root, recomputed, { facts, around, word }, world.now());
}
