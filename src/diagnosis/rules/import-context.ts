import type { Facts } from '../facts.js';
import type { ImportContext } from '../import-id.js';

const ARN = /^arn:(aws[\w-]*):[^:]*:([^:]*):(\d{12}):/;

/** The account, region and partition that the state's objects are in: those of most ARNs. */
export function importContext({ evidence, managed }: Facts): ImportContext {
  const accounts = new Map<string, number>();
  const regions = new Map<string, number>();
  const partitions = new Map<string, number>();
  for (const { attributes } of managed) {
    const arn = attributes['arn'];
    const found = typeof arn === 'string' ? ARN.exec(arn) : null;
    if (found === null) continue;
    const [, partition = '', region = '', account = ''] = found;
    add(partitions, partition);
    add(accounts, account);
    if (region !== '') add(regions, region);
  }
  return {
    account: evidence.aws?.account ?? mostFrequent(accounts),
    region: mostFrequent(regions),
    partition: mostFrequent(partitions) ?? 'aws',
  };
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

/** The account that most objects of the state are in. */
export function accountOf(facts: Facts): string | undefined {
  return importContext({ ...facts, evidence: { ...facts.evidence, aws: undefined } }).account;
}
