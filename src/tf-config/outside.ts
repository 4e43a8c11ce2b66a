import pLimit from 'p-limit';

import type { RenderAccount } from './model/account.js';
import { needKey, type Answer, type Need } from './model/need.js';

/** Answers what rendering needs from outside. Never throws for want of access: that is an unknown answer. */
export type Outside = (need: Need, account: RenderAccount) => Promise<Answer>;

/** Questions that are under way at once. */
const CONCURRENCY = 8;

/** Nothing may be asked. */
export const offline: Outside = () => Promise.resolve({ known: false, why: 'offline' });

/** Asks each need once. */
export async function answerAll(
  needs: readonly Need[],
  account: RenderAccount,
  outside: Outside,
): Promise<Map<string, Answer>> {
  const limit = pLimit(CONCURRENCY);
  const answers = await Promise.all(
    needs.map((need) =>
      limit(async (): Promise<[string, Answer]> => [needKey(need), await outside(need, account)]),
    ),
  );
  return new Map(answers);
}
