import { withoutKeys } from '../../terraform/address/without-keys.js';
import { currentAt, isManagedByErv2, isWanted, typeOf, type Facts } from '../facts.js';
import type { EvidenceItem, Finding, Repair } from '../finding.js';
import { importFormat, importId, type ImportContext } from '../import-id.js';
import { idsIn } from '../locate.js';
import { nameOf, namedBy, type Values } from '../naming.js';
import { elsewhere, finding, takeOver } from '../repairs.js';
import { awsItems, said } from '../words.js';
import { importContext } from './import-context.js';

/** Objects that the configuration wants made and that exist already, unknown to the state. */
export function notInState(facts: Facts): Finding[] {
  const context = importContext(facts);
  const refused = facts.errors
    .filter(({ kind }) => kind === 'already-exists')
    .flatMap(({ addresses, diagnostic }) => addresses.map((address) => [address, diagnostic] as const))
    .filter(([address]) => currentAt(facts, address) === undefined);
  const seen = [...facts.aws.values()]
    .filter(({ existence, address }) => existence === 'exists' && isToBeMade(facts, address))
    .map(({ address }) => address);
  const evidence = new Map<string, EvidenceItem[]>(seen.map((address) => [address, []]));
  for (const [address, diagnostic] of refused) {
    evidence.set(address, [{ source: 'terraform', text: said(diagnostic) }]);
  }
  return [...evidence].map(([address, items]) => existing(facts, address, items, context));
}

function isToBeMade(facts: Facts, address: string): boolean {
  if (currentAt(facts, address) !== undefined) return false;
  const action = facts.changes.get(address)?.action;
  return action === 'create' || (facts.evidence.plan === undefined && isWanted(facts, address) === true);
}

function existing(
  facts: Facts,
  address: string,
  items: readonly EvidenceItem[],
  context: ImportContext,
): Finding {
  const type = typeOf(address);
  const suspect = facts.aws.get(address);
  const values = facts.evidence.config?.arguments(withoutKeys(address)) ?? namesIn(items);
  const id = suspect?.importId ?? importId(type, values, context) ?? arnIn(items);
  const isErv2 = isManagedByErv2(facts, address);
  return finding({
    code: 'not-in-state',
    severity: 'danger',
    confidence: suspect?.existence === 'exists' ? 'certain' : 'likely',
    addresses: [address],
    id: id ?? nameOf(values)?.name,
    summary: `${address} exists in AWS but not in the state`,
    evidence: [...items, ...awsItems(suspect)],
    leaveStateAlone: isErv2 ? 'external resources v2 keeps it in a state of its own' : undefined,
    repairs: isErv2 ? [] : repairsOf(address, type, id),
  });
}

function repairsOf(address: string, type: string, id: string | undefined): Repair[] {
  const format = importFormat(type);
  if (format === false) {
    return [
      elsewhere('delete the object in AWS: its type cannot be imported', [{ address, action: 'create' }]),
    ];
  }
  const other = elsewhere('or delete the object in AWS, if nobody needs it', [{ address, action: 'create' }]);
  if (id !== undefined) return [takeOver('take it into the state', address, id), other];
  const words = ['import', address, format ?? 'ID'];
  return [elsewhere(`take it into the state by its id (${format ?? 'ID'})`, [], words), other];
}

/** `creating S3 Bucket (NAME): …` says what was to be made. */
function namesIn(items: readonly EvidenceItem[]): Values {
  const [, name] = /^creating [^()]* \(([^()]+)\):/.exec(items[0]?.text ?? '') ?? [];
  return name === undefined ? {} : namedBy(name);
}

/** An ARN in an error can only be the object's. */
function arnIn(items: readonly EvidenceItem[]): string | undefined {
  return items.flatMap(({ text }) => idsIn(text)).find((id) => id.startsWith('arn:'));
}
