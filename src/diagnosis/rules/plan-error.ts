import { currentAt, type Facts, type LocatedError } from '../facts.js';
import type { Finding } from '../finding.js';
import { elsewhere, finding } from '../repairs.js';
import { addressOrCount, oneLine, said } from '../words.js';

export const INIT_FAILED = 'terraform init failed';

/** Whatever failed and no other rule knows. */
export function planError(facts: Facts): Finding[] {
  const unknown = facts.errors.filter((error) => isUnknown(facts, error)).map(failed);
  const unread = facts.evidence.failures
    .filter(
      ({ step, message }) =>
        (step === 'init' || step === 'state') && !/Lock Info:|expected content/.test(message),
    )
    .filter(({ code }) => code !== 'WrongAccount')
    .map(({ step, message }) =>
      finding({
        code: 'plan-error',
        severity: 'blocker',
        summary: step === 'init' ? INIT_FAILED : 'the state cannot be read',
        evidence: [{ source: step === 'init' ? 'terraform' : 'state', text: oneLine(message) }],
      }),
    );
  return [...unknown, ...unread];
}

function isUnknown(facts: Facts, { kind, addresses }: LocatedError): boolean {
  if (kind === 'other') return true;
  if (kind === 'provider-missing') return true;
  return kind === 'already-exists' && !addresses.some((address) => currentAt(facts, address) === undefined);
}

function failed({ kind, addresses, diagnostic }: LocatedError): Finding {
  const about = addresses.length === 0 ? '' : `${addressOrCount(addresses)}: `;
  return finding({
    code: 'plan-error',
    severity: 'blocker',
    confidence: 'possible',
    addresses,
    summary: `${about}${oneLine(diagnostic.summary)}`,
    evidence: [{ source: 'terraform', text: said(diagnostic) }],
    repairs: kind === 'provider-missing' ? [elsewhere('run init again', [], ['init'])] : [],
  });
}
