import type { StateLock } from '../evidence.js';
import type { Facts } from '../facts.js';
import type { Finding } from '../finding.js';
import { finding } from '../repairs.js';
import { age as ageOf, date } from '../words.js';
import { lockIn } from './lock-text.js';

/** Younger locks probably belong to somebody at work. */
const FRESH = 60 * 60 * 1000;

/** A lock on the state that keeps everybody else out. */
export function stateLocked(facts: Facts): Finding[] {
  const { evidence } = facts;
  const told = facts.errors
    .filter(({ kind }) => kind === 'locked')
    .map(({ diagnostic }) => lockIn(diagnostic.detail))
    .filter((lock) => lock !== undefined);
  const failed = evidence.failures.map(({ message }) => lockIn(message)).filter((lock) => lock !== undefined);
  const [lock] = [...(evidence.lock === undefined ? [] : [evidence.lock]), ...told, ...failed];
  return lock === undefined ? [] : [locked(lock, evidence.now)];
}

function locked({ id, who, operation, created }: StateLock, now: number): Finding {
  const age = created === undefined ? undefined : Math.max(0, now - created);
  const holder = who === undefined || who === '' ? 'somebody' : who;
  const words = ['state', 'unlock', id];
  return finding({
    code: 'state-locked',
    severity: 'blocker',
    id,
    summary: `${holder} holds the state lock${age === undefined ? '' : `, for ${ageOf(age)}`}`,
    evidence: [
      {
        source: 'state',
        text: `lock ${id}${operation === undefined ? '' : `, ${operation}`}${created === undefined ? '' : `, since ${date(created)}`}`,
      },
    ],
    leaveStateAlone:
      age === undefined || age < FRESH
        ? `${holder} may be at work: ask, and wait, before anything else`
        : undefined,
    repairs: [
      {
        title: `remove the lock, once ${holder} is known to have stopped`,
        command: words,
        terraform: ['force-unlock', id],
        expectedPlan: [],
      },
    ],
  });
}
