import type { ErrorKind } from '../error-kind.js';
import type { Facts, LocatedError } from '../facts.js';
import type { Finding } from '../finding.js';
import { elsewhere, finding } from '../repairs.js';
import { addressOrCount, said } from '../words.js';

/** IAM's prefixes of services that the SDK calls otherwise. */
const PREFIXES = new Map([
  ['cloudwatchlogs', 'logs'],
  ['elasticloadbalancingv2', 'elasticloadbalancing'],
  ['elasticsearchservice', 'es'],
]);

const MAX_SAID = 3;

interface Reason {
  readonly severity: Finding['severity'];
  /** After "… cannot be read: ". */
  readonly words: string;
  readonly remedy: string;
}

/** Why AWS does not answer. None of it says that anything is wrong with an object. */
const REASONS: Readonly<Partial<Record<ErrorKind, Reason>>> = {
  expired: {
    severity: 'blocker',
    words: 'the credentials have expired',
    remedy: 'get new credentials, then plan again',
  },
  'bad-credentials': {
    severity: 'blocker',
    words: 'AWS does not accept the credentials',
    remedy: 'check the account secret and the clock, then plan again',
  },
  denied: {
    severity: 'blocker',
    words: 'access is denied',
    remedy: 'allow it in the policies of the user that runs terraform',
  },
  throttled: {
    severity: 'warning',
    words: 'AWS is throttling',
    remedy: 'plan again later, or with a lower -parallelism',
  },
};

/** Objects that could not be read, one finding for each reason. */
export function cannotRead(facts: Facts): Finding[] {
  const { failures } = facts.evidence;
  const fromErrors = Object.entries(REASONS).flatMap(([kind, reason]) => {
    const errors = facts.errors.filter((error) => error.kind === kind);
    return errors.length === 0 ? [] : [unreadable(reason, errors)];
  });
  const fromFailures = failures
    .filter(({ step, code }) => step === 'credentials' && code !== 'WrongAccount')
    .map(({ message }) =>
      finding({
        code: 'cannot-read',
        severity: 'blocker',
        summary: 'nothing can be read: there are no credentials that work',
        evidence: [{ source: 'log', text: message }],
        leaveStateAlone: 'nothing is known to be wrong with it',
        repairs: [elsewhere('check the account secret')],
      }),
    );
  return [...fromErrors, ...fromFailures];
}

function unreadable({ severity, words, remedy }: Reason, errors: readonly LocatedError[]): Finding {
  const addresses = [...new Set(errors.flatMap((error) => error.addresses))].sort();
  const needed = [...new Set(errors.map(actionOf).filter((action) => action !== undefined))].sort();
  const what = addresses.length === 0 ? 'nothing' : addressOrCount(addresses);
  return finding({
    code: 'cannot-read',
    severity,
    addresses,
    summary: `${what} ${addresses.length === 0 ? 'can' : 'cannot'} be read: ${words}`,
    evidence: errors
      .slice(0, MAX_SAID)
      .map(({ diagnostic }) => ({ source: 'terraform', text: said(diagnostic) })),
    leaveStateAlone: 'what cannot be read is not gone; do not remove it',
    repairs: [
      elsewhere(needed.length > 0 && words.includes('denied') ? `${remedy}: ${needed.join(', ')}` : remedy),
    ],
  });
}

/** The IAM action that was asked for, e.g. `iam:GetRole`. */
function actionOf({ diagnostic }: LocatedError): string | undefined {
  const text = `${diagnostic.summary}\n${diagnostic.detail}`;
  const [, named] = /not authorized to perform: ([\w-]+:\w+)/.exec(text) ?? [];
  const [, service = '', operation] = /operation error ([\w ]{1,60}): (\w+)/.exec(text) ?? [];
  return named ?? (operation === undefined ? undefined : `${prefixOf(service)}:${operation}`);
}

/** IAM's prefix of a service by the name that the SDK has for it. */
function prefixOf(service: string): string {
  const name = service.toLowerCase().replaceAll(' ', '');
  return PREFIXES.get(name) ?? name;
}
