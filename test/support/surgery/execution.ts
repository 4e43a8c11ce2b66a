import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { openBackups } from '../../../src/surgery/backup/backups.js';
import { computePost } from '../../../src/surgery/engine/compute-post.js';
import type { Execution } from '../../../src/surgery/engine/execute.js';
import type { Conclusion } from '../../../src/surgery/engine/conclude.js';
import { resume, unfinishedRequests } from '../../../src/surgery/engine/resume.js';
import { prepare, type Prepared, type Wish } from '../../../src/surgery/engine/prepare.js';
import { openJournal, type Journal } from '../../../src/surgery/journal/journal.js';
import type { StateStore } from '../../../src/surgery/store/store.js';

export const NOW = Date.UTC(2026, 10, 23, 10);

/** Somebody who is content with everything: for tests alone. */
export const APPROVER = { person: 'rroe', proof: 'test', principal: 'arn:aws:iam::123456789012:user/rroe' };

/** A state with some queues. */
export function queuesState(names: readonly string[], serial = 7): Buffer {
  const resources = [...names].sort().map((name) => ({
    ...{ mode: 'managed', type: 'aws_sqs_queue', name },
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes: { id: `https://sqs.example.com/${name}`, name } }],
  }));
  const head = {
    version: 4,
    terraform_version: '1.6.6',
    serial,
    lineage: '5f1bb8b4-6f5a-4d4c-9c2a-0f6c1f3b8f10',
  };
  return Buffer.from(
    `${JSON.stringify({ ...head, outputs: {}, resources, check_results: null }, null, 2)}\n`,
  );
}

export function wishOf(more: Partial<Wish> = {}): Wish {
  return {
    ...{ root: 'acme', account: { uid: '123456789012', partition: 'aws' }, evidence: [] },
    ...{ requester: { arn: 'arn:aws:iam::123456789012:user/jdoe' }, reason: 'it was deleted by hand' },
    ...{ tools: { tfrepair: '0.1.0' }, ticket: undefined, earlier: undefined },
    operations: [{ op: 'rm', addresses: ['aws_sqs_queue.a'] }],
    ...{ loopIsOff: true, acceptRunningLoop: undefined, isConfigured: () => true },
    ...more,
  };
}

export function prepared(store: StateStore, more: Partial<Wish> = {}): Promise<Prepared> {
  return prepare(wishOf(more), store, { now: () => NOW, nonce: () => randomBytes(32).toString('hex') });
}

/** All that execution needs, in a folder, with an approval for everything. */
export function executionIn(folder: string, store: StateStore, more: Partial<Execution> = {}): Execution {
  const now = (): number => NOW;
  return {
    store,
    policy: { verify: () => Promise.resolve([APPROVER]) },
    journal: openJournal(folder, now),
    backups: openBackups(join(folder, 'backups'), now, undefined),
    compute: (base, { operations }) => Promise.resolve(computePost(base, operations, undefined).bytes),
    lockRequest: () => ownLock(),
    keepCopy: false,
    now,
    ...more,
  };
}

/** Ends the one attempt on a state that was cut short. */
export async function resumed(
  store: StateStore,
  journal: Journal,
  wait: () => Promise<void> = () => Promise.resolve(),
): Promise<Conclusion> {
  const [left, ...others] = await unfinishedRequests(journal, store.label, undefined);
  if (left === undefined || others.length > 0) throw new Error('there is not one that is unfinished');
  return resume(left, { store, journal, lockRequest: ownLock(), wait });
}

export function ownLock(): Parameters<StateStore['lock']>[0] {
  const who = { operation: 'tfrepair state', who: 'jdoe@laptop', info: '' };
  return { id: randomUUID(), ...who, created: NOW };
}
