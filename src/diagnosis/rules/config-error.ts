import type { Facts } from '../facts.js';
import type { Finding } from '../finding.js';
import { elsewhere, finding } from '../repairs.js';
import { oneLine, said } from '../words.js';

/** What terraform does not accept in the configuration, and what could not be rendered of it. */
export function configError(facts: Facts): Finding[] {
  const rejected = facts.errors
    .filter(({ kind }) => kind === 'config')
    .map(({ addresses, diagnostic }) => {
      const { place } = diagnostic;
      return wrong(addresses, `${oneLine(diagnostic.summary)}${place === undefined ? '' : ` (${place})`}`, {
        source: 'terraform',
        text: said(diagnostic),
      });
    });
  const unrendered = facts.evidence.failures
    .filter(({ step }) => step === 'render')
    .map(({ message }) =>
      wrong([], 'the configuration cannot be rendered', { source: 'app-interface', text: oneLine(message) }),
    );
  return [...rejected, ...unrendered];
}

function wrong(
  addresses: readonly string[],
  summary: string,
  evidence: Finding['evidence'][number],
): Finding {
  return finding({
    code: 'config-error',
    severity: 'blocker',
    addresses,
    summary,
    evidence: [evidence],
    leaveStateAlone: 'the state has nothing to do with it',
    repairs: [elsewhere('correct the configuration')],
  });
}
