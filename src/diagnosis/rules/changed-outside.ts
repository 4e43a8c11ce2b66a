import type { InstanceDrift } from '../drift/drift.js';
import type { Facts } from '../facts.js';
import type { EvidenceItem, Finding } from '../finding.js';
import type { PlanAction } from '../../terraform/plan/plan.js';
import { finding } from '../repairs.js';
import { count } from '../tally.js';
import { awsItems } from '../words.js';

const MAX_NAMED = 3;

/** What comes to an object after its making only when somebody adds it. */
const SET_BY_PEOPLE = /^(tags|managed_policy_arns|inline_policy)/;

/** Attributes that were changed outside Terraform. */
export function changedOutside(facts: Facts): Finding[] {
  const compared = [...facts.drift.values()]
    .filter(
      ({ after, changes, identity }) => after !== undefined && changes.length > 0 && identity.length === 0,
    )
    .filter((drift) => !hasSettled(facts, drift))
    .map((drift) => changed(facts, drift));
  return [...compared, ...announced(facts)];
}

/** Values that were only not known yet when the state was written, of an object that nobody wants to change. */
function hasSettled(facts: Facts, { address, changes }: InstanceDrift): boolean {
  const isPlanned = facts.evidence.plan?.outcome === 'planned';
  return (
    isPlanned &&
    actionOn(facts, address) === 'noop' &&
    changes.every(({ added, path }) => added && !SET_BY_PEOPLE.test(path))
  );
}

function changed(facts: Facts, { address, before, changes }: InstanceDrift): Finding {
  const names = [...new Set(changes.map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path))];
  const what = names.length > MAX_NAMED ? count(names.length, 'attribute') : names.join(', ');
  const evidence = changes.map(({ path, before: old, after }): EvidenceItem => ({
    source: 'plan',
    text: `${path}: ${old} → ${after}`,
  }));
  return finding({
    code: 'changed-outside',
    ...outlookOf(facts, address),
    addresses: [address],
    id: before.id,
    summary: `${address} was changed outside Terraform: ${what}`,
    evidence: [...evidence, ...awsItems(facts.aws.get(address))],
  });
}

/** Without the plan's states: what terraform calls drift and wants to undo. */
function announced(facts: Facts): Finding[] {
  const { plan } = facts.evidence;
  if (plan === undefined || plan.states !== undefined) return [];
  return plan.drift
    .filter(({ action, address }) => action === 'update' && actionOn(facts, address) !== 'noop')
    .map(({ address }) =>
      finding({
        code: 'changed-outside',
        ...outlookOf(facts, address),
        confidence: 'possible',
        addresses: [address],
        id: facts.refreshes.get(address)?.id,
        summary: `${address} was changed outside Terraform`,
        evidence: [
          { source: 'log', text: 'terraform says so, not what' },
          ...awsItems(facts.aws.get(address)),
        ],
      }),
    );
}

function actionOn(facts: Facts, address: string): PlanAction {
  return facts.changes.get(address)?.action ?? 'noop';
}

/** How bad it is, and why the state is not to be touched. */
function outlookOf(facts: Facts, address: string): Pick<Finding, 'severity' | 'leaveStateAlone'> {
  switch (actionOn(facts, address)) {
    case 'update':
      return { severity: 'warning', leaveStateAlone: 'the next apply changes it back' };
    case 'replace':
    case 'delete':
    case 'create':
      return {
        severity: 'danger',
        leaveStateAlone: 'the state is right; the next apply would replace the object',
      };
    default:
      return facts.evidence.plan?.outcome === 'failed'
        ? { severity: 'warning', leaveStateAlone: 'an apply puts it right once the plan works again' }
        : { severity: 'notice', leaveStateAlone: 'the next apply takes it into the state as it is' };
  }
}
