import { meaningOf } from '../drift/canonical.js';
import type { InstanceDrift } from '../drift/drift.js';
import type { AwsSuspect } from '../evidence.js';
import type { Facts } from '../facts.js';
import type { EvidenceItem, Finding } from '../finding.js';
import { date } from '../words.js';

/** Why an object is thought to be another one than the state's. */
export interface MadeAnew {
  readonly address: string;
  readonly confidence: Finding['confidence'];
  readonly evidence: readonly EvidenceItem[];
}

/** AWS's clock and that of who wrote the state may differ by so much. */
const SLACK = 1000;

/** Objects that refreshing has found under the old id, which is a name, and that are other objects all the same. */
export function madeAnew(facts: Facts): MadeAnew[] {
  const found = new Map<string, MadeAnew>();
  for (const suspect of facts.aws.values()) {
    const sign = signInAws(facts, suspect);
    if (sign !== undefined) found.set(sign.address, sign);
  }
  for (const drift of facts.drift.values()) {
    const sign = signInDrift(drift);
    if (sign !== undefined && (sign.confidence === 'certain' || !found.has(sign.address))) {
      found.set(sign.address, sign);
    }
  }
  return [...found.values()];
}

function signInDrift({ address, after, identity, changes, before }: InstanceDrift): MadeAnew | undefined {
  if (after === undefined) return undefined;
  const evidence = [...identity, ...changes].map(({ path, before: old, after: now }): EvidenceItem => ({
    source: 'plan',
    text: `${path}: ${old} → ${now}`,
  }));
  if (identity.length > 0) return { address, confidence: 'certain', evidence };
  const lostTags = isTagged(before.attributes) && !isTagged(after.attributes);
  const hasMore = changes.some(({ path }) => !path.startsWith('tags'));
  return lostTags && hasMore ? { address, confidence: 'possible', evidence } : undefined;
}

/** Who makes something by hand rarely gives it the tags that it had. */
function isTagged(attributes: InstanceDrift['before']['attributes']): boolean {
  return (
    meaningOf('tags', attributes['tags']) !== undefined ||
    meaningOf('tags_all', attributes['tags_all']) !== undefined
  );
}

/** It is younger than the state that knows it, or CloudTrail has both ends. */
function signInAws({ evidence, index, deleted }: Facts, suspect: AwsSuspect): MadeAnew | undefined {
  const { address, existence, createdAt, changes } = suspect;
  if (existence !== 'exists' || deleted.has(address) || index?.current(address) === undefined)
    return undefined;
  const { stateWrittenAt } = evidence;
  if (createdAt !== undefined && stateWrittenAt !== undefined && createdAt > stateWrittenAt + SLACK) {
    const text = `made ${date(createdAt)}, after the state was written (${date(stateWrittenAt)})`;
    return { address, confidence: 'certain', evidence: [{ source: 'aws', text }] };
  }
  const calls = changes.map(({ call }) => call);
  const wasRemade =
    calls.some((call) => call.startsWith('Delete')) && calls.some((call) => call.startsWith('Create'));
  return wasRemade ? { address, confidence: 'likely', evidence: [] } : undefined;
}
