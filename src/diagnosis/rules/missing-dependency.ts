import { goneAddresses, missingDependencies } from '../dependants.js';
import { currentAt, isWanted, type Facts, type LocatedError } from '../facts.js';
import type { Finding } from '../finding.js';
import { elsewhere, expect, finding, forget } from '../repairs.js';
import { awsItems, said } from '../words.js';
import { idOf } from './deleted-outside.js';

/** What refers to something that is gone: in the state, or in the configuration. */
export function missingDependency(facts: Facts): Finding[] {
  const gone = goneAddresses(facts);
  const inState = [...missingDependencies(facts, gone)]
    .filter(([address]) => gone.has(address) || facts.changes.get(address)?.action === 'replace')
    .map(([address, lost]) => hangsOn(facts, gone, address, lost));
  const inConfig = facts.errors.filter(
    ({ kind, addresses }) =>
      kind === 'not-found' && addresses.every((address) => currentAt(facts, address) === undefined),
  );
  return [...inState, ...inConfig.map(refersToNothing)];
}

function hangsOn(facts: Facts, gone: ReadonlySet<string>, address: string, lost: string): Finding {
  const error = facts.notFound.get(address);
  const wanted = isWanted(facts, address) ?? true;
  const isStuck = error !== undefined;
  const fate = gone.has(lost) ? 'is gone' : 'was made anew';
  return finding({
    code: 'missing-dependency',
    severity: isStuck ? 'blocker' : 'notice',
    addresses: [address, lost],
    id: idOf(facts, address),
    summary: `${address} hangs on ${lost}, which ${fate}`,
    evidence: [
      { source: 'state', text: `it refers to ${lost}` },
      ...(isStuck ? [{ source: 'terraform' as const, text: said(error.diagnostic) }] : []),
      ...awsItems(facts.aws.get(address)),
    ],
    leaveStateAlone: isStuck ? undefined : 'the next apply makes it again, after what it hangs on',
    repairs: isStuck
      ? [
          forget(
            'forget it, as it went with what it hangs on',
            [address],
            wanted ? [expect(address, 'create')] : [],
          ),
        ]
      : [],
  });
}

function refersToNothing({ addresses, diagnostic }: LocatedError): Finding {
  const [address] = addresses;
  return finding({
    code: 'missing-dependency',
    severity: 'blocker',
    confidence: 'likely',
    addresses,
    summary: `${address ?? 'the configuration'} refers to something that does not exist`,
    evidence: [{ source: 'terraform', text: said(diagnostic) }],
    leaveStateAlone: 'what is missing is not in this state',
    repairs: [elsewhere('make what is missing first, or correct the name in the configuration')],
  });
}
