import type { Facts } from '../facts.js';
import type { EvidenceItem, Finding } from '../finding.js';
import { elsewhere, finding } from '../repairs.js';
import { oneLine, said } from '../words.js';
import { accountOf } from './import-context.js';

/** So many objects do not go at once, unless one looks for them in the wrong place. */
const MANY = 5;
const MOST = 0.8;

/** Signs that the credentials are another account's. */
export function wrongAccount(facts: Facts): Finding[] {
  const { evidence, errors } = facts;
  const failure = evidence.failures.find(({ code }) => code === 'WrongAccount');
  if (failure !== undefined) return [wrong('certain', { source: 'aws', text: oneLine(failure.message) })];
  const refusal = errors.find(({ kind }) => kind === 'wrong-account');
  if (refusal !== undefined)
    return [wrong('certain', { source: 'terraform', text: said(refusal.diagnostic) })];
  const asked = evidence.aws?.account;
  const stored = accountOf(facts);
  if (asked !== undefined && stored !== undefined && asked !== stored) {
    return [
      wrong('likely', {
        source: 'aws',
        text: `the credentials are of ${asked}, the state's objects of ${stored}`,
      }),
    ];
  }
  const current = facts.managed.filter(({ deposed }) => deposed === undefined).length;
  if (facts.deleted.size < MANY || facts.deleted.size < MOST * current) return [];
  return [
    wrong('possible', { source: 'plan', text: `${facts.deleted.size} of ${current} objects were not found` }),
  ];
}

function wrong(confidence: Finding['confidence'], evidence: EvidenceItem): Finding {
  return finding({
    code: 'wrong-account',
    severity: 'blocker',
    confidence,
    summary:
      confidence === 'possible'
        ? 'nearly everything is missing: is it the right account and region?'
        : "the credentials are another account's",
    evidence: [evidence],
    leaveStateAlone: 'what is missing here may well exist in the right account',
    repairs: [elsewhere("use the account's own credentials, then plan again")],
  });
}
