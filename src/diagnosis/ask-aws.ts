import pLimit from 'p-limit';

import type { RemoteObject } from '../clients/aws/remote/remote-object.js';
import type { TrailEvent } from '../clients/aws/trail.js';
import { isError, messageOf } from '../errors.js';
import type { AwsChange, AwsEvidence, AwsSuspect } from './evidence.js';
import type { Suspect } from './suspects.js';

/** The questions that AWS is asked, reading only. */
export interface AwsQuestions {
  /** @returns undefined when there is no such object @throws when AWS does not say */
  readonly find: (suspect: Suspect) => Promise<RemoteObject | undefined>;
  /** What changed the object, the newest first. */
  readonly trail: (suspect: Suspect) => Promise<TrailEvent[]>;
}

export interface AwsAnswers {
  readonly evidence: AwsEvidence;
  /** What could not be asked, one line each. */
  readonly notes: readonly string[];
}

/** A help, not a need: a new account with thousands of planned resources must not wait for as many answers. */
const MAX_SUSPECTS = 40;
const AT_ONCE = 8;

/** CloudTrail allows two look-ups a second. */
const MAX_TRAILS = 10;

/**
 * Asks AWS about suspects. Never fails: what cannot be told is `unknown`, and why is in the notes.
 *
 * @param account the account that the credentials belong to
 * @param automation the users whose changes are not made by hand
 */
export async function askAws(
  suspects: readonly Suspect[],
  questions: AwsQuestions,
  { account, automation }: { readonly account: string | undefined; readonly automation: readonly string[] },
): Promise<AwsAnswers> {
  const asked = suspects.slice(0, MAX_SUSPECTS);
  const notes = new Set<string>();
  if (suspects.length > asked.length) {
    notes.add(`AWS was asked about ${asked.length} of ${suspects.length} suspects only`);
  }
  const limit = pLimit(AT_ONCE);
  const found = await Promise.all(
    asked.map((suspect) => limit(() => existenceOf(suspect, questions, notes))),
  );
  const trails = await trailsOf(asked, questions, notes);
  const byHand = (change: AwsChange): boolean => !automation.some((user) => isUser(change.who, user));
  return {
    evidence: {
      account,
      suspects: found.map((suspect, i) => ({ ...suspect, changes: (trails[i] ?? []).filter(byHand) })),
    },
    notes: [...notes],
  };
}

async function existenceOf(
  suspect: Suspect,
  { find }: AwsQuestions,
  notes: Set<string>,
): Promise<Omit<AwsSuspect, 'changes'>> {
  const { address, type, name: id } = suspect;
  try {
    const object = await find(suspect);
    if (object === undefined) return { address, type, id, existence: 'gone' };
    const { importId, tags, createdAt } = object;
    return { address, type, id, existence: 'exists', importId, tags, createdAt };
  } catch (error) {
    notes.add(`AWS did not say whether ${address} exists (${nameOf(error)})`);
    return { address, type, id, existence: 'unknown' };
  }
}

/** One after the other, and no more once CloudTrail does not answer. */
async function trailsOf(
  suspects: readonly Suspect[],
  { trail }: AwsQuestions,
  notes: Set<string>,
): Promise<AwsChange[][]> {
  const trails: AwsChange[][] = [];
  for (const suspect of suspects.slice(0, MAX_TRAILS)) {
    try {
      const events = await trail(suspect);
      trails.push(events.map(({ who, at: when, call }) => ({ who, when, call })));
    } catch (error) {
      notes.add(`CloudTrail did not say who changed what (${nameOf(error)})`);
      break;
    }
  }
  return trails;
}

/** e.g. `AccessDeniedException`: the messages of AWS are long, and say little more. */
function nameOf(error: unknown): string {
  if (!isError(error)) return messageOf(error);
  return error.name === 'SyntaxError' ? 'its answer is no JSON' : error.name;
}

/** Whether a caller, as CloudTrail names it, is this IAM user. */
function isUser(who: string, user: string): boolean {
  return who === user || who.endsWith(`:user/${user}`);
}
