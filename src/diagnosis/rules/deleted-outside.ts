import { goneAddresses, missingDependencies } from '../dependants.js';
import { currentAt, isWanted, typeOf, type Facts } from '../facts.js';
import type { EvidenceItem, Finding } from '../finding.js';
import { expect, finding, forget } from '../repairs.js';
import { awsItems, said } from '../words.js';

/** Types whose deletion loses data that an apply does not bring back. */
const HOLDS_DATA =
  /^aws_(s3_bucket|db_instance|rds_cluster|dynamodb_table|elasticache_replication_group|elasticsearch_domain|kms_key|secretsmanager_secret(_version)?|msk_cluster|ecr_repository|route53_zone|kinesis_stream)$/;

/** Objects of the state that are not in AWS any more, for another reason than that something they hang on is gone. */
export function deletedOutside(facts: Facts): Finding[] {
  const gone = goneAddresses(facts);
  const missing = missingDependencies(facts, gone);
  return [...gone]
    .filter((address) => !missing.has(address) && !isAnotherNow(facts, address))
    .map((address) => (facts.deleted.has(address) ? noticed(facts, address) : stuck(facts, address)));
}

/** Whether AWS has another object in its place. */
export function isAnotherNow(facts: Facts, address: string): boolean {
  const suspect = facts.aws.get(address);
  return (
    suspect?.existence === 'exists' &&
    suspect.importId !== undefined &&
    suspect.importId !== idOf(facts, address)
  );
}

/** The id of what is at an address: of the state, else what the plan read it by. */
export function idOf(facts: Facts, address: string): string | undefined {
  return currentAt(facts, address)?.id ?? facts.refreshes.get(address)?.id;
}

/** Terraform has noticed itself: the next apply does the right thing. */
function noticed(facts: Facts, address: string): Finding {
  const wanted = facts.changes.get(address)?.action === 'create' || isWanted(facts, address) === true;
  const suspect = facts.aws.get(address);
  const evidence: EvidenceItem[] = [
    { source: 'plan', text: 'refreshing did not find it' },
    ...awsItems(suspect),
  ];
  return finding({
    code: 'deleted-outside',
    severity: severityOf(address, wanted),
    confidence: suspect?.existence === 'exists' ? 'possible' : 'certain',
    addresses: [address],
    id: idOf(facts, address),
    summary: `${address} was deleted outside Terraform`,
    evidence,
    leaveStateAlone:
      suspect?.existence === 'exists'
        ? 'AWS has it now: plan again, as it may have been made again meanwhile'
        : wanted
          ? `the next apply makes it again by itself${holdsData(address) ? '; its data is lost' : ''}`
          : 'the next apply forgets it by itself; nothing wants it any more',
  });
}

function severityOf(address: string, wanted: boolean): Finding['severity'] {
  if (!wanted) return 'notice';
  return holdsData(address) ? 'danger' : 'warning';
}

function holdsData(address: string): boolean {
  return HOLDS_DATA.test(typeOf(address));
}

/** Reading it fails, so that no plan comes about until the state forgets it. */
function stuck(facts: Facts, address: string): Finding {
  const error = facts.notFound.get(address);
  const wanted = isWanted(facts, address) ?? true;
  return finding({
    code: 'deleted-outside',
    severity: 'blocker',
    confidence: facts.aws.get(address)?.existence === 'gone' ? 'certain' : 'likely',
    addresses: [address],
    id: idOf(facts, address),
    summary: `${address} is gone, and the plan fails on it`,
    evidence: [
      ...(error === undefined ? [] : [{ source: 'terraform' as const, text: said(error.diagnostic) }]),
      ...awsItems(facts.aws.get(address)),
    ],
    repairs: [
      forget(
        wanted ? 'forget it, so that the next apply makes it again' : 'forget it',
        [address],
        wanted ? [expect(address, 'create')] : [],
      ),
    ],
  });
}
