import type { Facts } from '../facts.js';
import type { Finding } from '../finding.js';
import { elsewhere, expect, finding } from '../repairs.js';
import { awsItems } from '../words.js';

/** Objects that are marked as broken: the next apply replaces them. */
export function tainted(facts: Facts): Finding[] {
  const inState = facts.managed
    .filter((instance) => instance.tainted && instance.deposed === undefined)
    .map(({ address }) => address);
  const planned = [...facts.changes.values()]
    .filter(({ reason }) => reason === 'tainted' || reason === 'replace_because_tainted')
    .map(({ address }) => address);
  return [...new Set([...inState, ...planned])]
    .filter((address) => !facts.deleted.has(address))
    .map((address) =>
      finding({
        code: 'tainted',
        severity: 'danger',
        addresses: [address],
        id: facts.index?.current(address)?.id,
        summary: `${address} is tainted; the next apply replaces it`,
        evidence: [
          { source: 'state', text: 'its making failed half-way, or somebody tainted it' },
          ...awsItems(facts.aws.get(address)),
        ],
        leaveStateAlone: 'if the object is broken: the next apply makes it anew by itself',
        repairs: [
          elsewhere(
            'take the mark away, if the object is sound',
            [expect(address, 'noop')],
            ['untaint', address],
          ),
        ],
      }),
    );
}
