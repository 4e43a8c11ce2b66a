import { askAws, type AwsQuestions } from '../diagnosis/ask-aws.js';
import { awsQuestions } from '../diagnosis/aws-questions.js';
import { shortOwners } from '../diagnosis/subjects/owners.js';
import type { Suspect } from '../diagnosis/suspects.js';
import { FailedError } from '../errors.js';
import type { Owners } from '../rendering/owners.js';
import type { StateRoot } from '../surgery/roots/state-root.js';
import type { InstanceView, Surroundings } from './review-view.js';
import type { StateFacts } from './state-facts.js';

/** Whom a reviewer's tool asks, reading only. All of it is a help: what cannot be told becomes a note. */
export interface Sources {
  /** Undefined: app-interface has nothing to do with it. */
  readonly owners: (() => Promise<Pick<Owners, 'ownersOf'>>) | undefined;
  /** Undefined: AWS is not asked. */
  readonly aws: AwsQuestions | undefined;
  /** The AWS account id. */
  readonly account: string | undefined;
}

/** AWS as the reviewer sees it; undefined: no account is involved. */
export function questionsOf({ aws }: Pick<StateRoot, 'aws'>, signal: AbortSignal): AwsQuestions | undefined {
  if (aws === undefined) return undefined;
  const { account: uid, partition, region, credentials } = aws;
  return awsQuestions({ uid, partition, region, credentials, signal });
}

/** Asks who owns addresses, and what AWS says about them now. */
export async function askAround(
  addresses: readonly string[],
  facts: StateFacts,
  sources: Sources,
): Promise<Surroundings> {
  const suspects = [...facts.values()].flatMap(({ suspect }) => suspect ?? []);
  const [owners, aws] = await Promise.all([ownersOf(addresses, sources), awsOf(suspects, sources)]);
  return { owners: owners.found, aws: aws.found, notes: [...owners.notes, ...aws.notes] };
}

async function ownersOf(
  addresses: readonly string[],
  { owners }: Sources,
): Promise<{ found: Surroundings['owners']; notes: string[] }> {
  if (owners === undefined) return { found: new Map(), notes: [] };
  try {
    return { found: shortOwners(addresses, await owners()), notes: [] };
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    return { found: new Map(), notes: [`who owns it could not be found out: ${error.message}`] };
  }
}

async function awsOf(
  suspects: readonly Suspect[],
  { aws, account }: Sources,
): Promise<{ found: Surroundings['aws']; notes: readonly string[] }> {
  if (aws === undefined || suspects.length === 0) return { found: new Map(), notes: [] };
  const { evidence, notes } = await askAws(suspects, aws, { account, automation: [] });
  const found = evidence.suspects.map(
    ({ address, existence, changes }): [string, NonNullable<InstanceView['aws']>] => [
      address,
      { existence, changes },
    ],
  );
  return { found: new Map(found), notes };
}
