import type { ResourceChange } from '../../terraform/plan/plan.js';
import type { StateInstance } from '../../terraform/state/state.js';
import { currentAt, isManagedByErv2, isWanted, typeOf, type Facts } from '../facts.js';
import type { EvidenceItem, Finding, Repair } from '../finding.js';
import { elsewhere, expect, finding, forget } from '../repairs.js';
import { awsItems } from '../words.js';

/** What the integration deletes without asking (app-interface's deletion guard). */
const FREE_TO_DELETE = new Set(['random_id', 'aws_lb_target_group_attachment', 'aws_iam_user_policy']);

/** Objects of the state that the configuration does not want any more: the next apply destroys them. */
export function notInConfig(facts: Facts): Finding[] {
  const planned = [...facts.changes.values()].filter((change) => isUnwanted(facts, change));
  const addresses = new Set(planned.map(({ address }) => address));
  const { plan } = facts.evidence;
  if (plan === undefined || plan.outcome === 'failed') {
    for (const { address, deposed } of facts.managed) {
      if (deposed === undefined && isWanted(facts, address) === false) addresses.add(address);
    }
  }
  return [...addresses]
    .filter((address) => !facts.deleted.has(address))
    .map((address) => unwanted(facts, address));
}

function isUnwanted(facts: Facts, { action, address, reason }: ResourceChange): boolean {
  if (action !== 'delete') return false;
  if (reason?.startsWith('delete_because') === true) return true;
  const isLeftover = (facts.index?.objects(address) ?? []).some(({ deposed }) => deposed !== undefined);
  return isWanted(facts, address) === false || (reason === undefined && !isLeftover);
}

function unwanted(facts: Facts, address: string): Finding {
  const type = typeOf(address);
  const instance = currentAt(facts, address);
  const change = facts.changes.get(address);
  const isErv2 = isManagedByErv2(facts, address);
  const isFree = FREE_TO_DELETE.has(type);
  const evidence: EvidenceItem[] = [
    ...(change === undefined
      ? []
      : [{ source: 'plan' as const, text: `it would be destroyed${why(change)}` }]),
    { source: 'config', text: 'the configuration has no such resource' },
    ...(isProtected(instance) ? [{ source: 'state' as const, text: 'its deletion protection is on' }] : []),
    ...(isErv2 ? [{ source: 'app-interface' as const, text: 'external resources v2 manages it' }] : []),
    ...awsItems(facts.aws.get(address)),
  ];
  return finding({
    code: 'not-in-config',
    severity: isFree ? 'warning' : 'danger',
    confidence: change === undefined ? 'likely' : 'certain',
    addresses: [address],
    id: instance?.id,
    summary: `${address} is not in the configuration; an apply destroys it`,
    evidence,
    leaveStateAlone: isErv2
      ? 'external resources v2 takes it over with its own migration; approve no deletion'
      : undefined,
    repairs: isErv2 ? [keep(address)] : repairsOf(facts, address, isProtected(instance)),
  });
}

function why({ reason }: ResourceChange): string {
  return reason === undefined ? '' : ` (${reason.replaceAll('_', ' ')})`;
}

function repairsOf({ evidence }: Facts, address: string, isProtectedInstance: boolean): Repair[] {
  const putBack = elsewhere('put it back into the configuration, if it was taken out by mistake', [
    expect(address, 'noop'),
  ]);
  const protection = isProtectedInstance ? 'switch its deletion protection off, then ' : '';
  const approve = elsewhere(protection + howToDelete(address, evidence.isGuarded ?? true), [
    expect(address, 'delete'),
  ]);
  return [putBack, approve, keep(address)];
}

function howToDelete(address: string, isGuarded: boolean): string {
  if (!isGuarded) return 'let the next apply delete it, if nobody needs it';
  return FREE_TO_DELETE.has(typeOf(address))
    ? 'let the next apply delete it: deletions of its type need no approval'
    : "approve its deletion, else the integration says that 'delete' action is not enabled";
}

function keep(address: string): Repair {
  return forget('forget it, if the object has to live on without this configuration', [address], []);
}

function isProtected(instance: StateInstance | undefined): boolean {
  return instance?.attributes['deletion_protection'] === true;
}
