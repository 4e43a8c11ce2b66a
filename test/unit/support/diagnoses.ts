import type {
  FleetDiagnosis,
  OwnedFinding,
  ResourceRow,
  RootDiagnosis,
} from '../../../src/diagnosis/diagnosis.js';

/** A parameter group that was deleted by hand: the usual case. */
export const deletedGroup: OwnedFinding = {
  code: 'deleted-outside',
  severity: 'danger',
  confidence: 'certain',
  addresses: ['aws_db_parameter_group.booking-db-pg15', 'aws_db_instance.booking-db'],
  id: 'booking-db-pg15',
  summary: 'the parameter group was deleted outside Terraform, and the plan cannot read what uses it',
  evidence: [
    { source: 'state', text: 'the state has it with the id booking-db-pg15, in eu-west-1' },
    { source: 'aws', text: 'DescribeDBParameterGroups: no group booking-db-pg15' },
    { source: 'cloudtrail', text: 'sasha called DeleteDBParameterGroup on 2026-11-20 at 10:11 UTC' },
    { source: 'app-interface', text: 'booking-production still wants it' },
  ],
  leaveStateAlone: undefined,
  repairs: [
    {
      title: 'forget the group, so that the next apply makes it again',
      command: ['state', 'rm', 'aws_db_parameter_group.booking-db-pg15'],
      terraform: ['state', 'rm', 'aws_db_parameter_group.booking-db-pg15'],
      expectedPlan: [{ address: 'aws_db_parameter_group.booking-db-pg15', action: 'create' }],
    },
    {
      title: 'make it again by hand, with the same name',
      command: undefined,
      terraform: undefined,
      expectedPlan: [],
    },
  ],
  owners: [
    {
      app: 'booking',
      namespace: 'booking-production',
      provider: 'rds',
      identifier: 'booking-db',
      contacts: ['@booking-oncall in #booking (ferries)', 'booking@example.com'],
    },
  ],
};

/** A policy that was changed by hand, in a resource whose key has spaces: the next apply puts it right. */
export const changedPolicy: OwnedFinding = {
  code: 'changed-outside',
  severity: 'warning',
  confidence: 'likely',
  addresses: ['module.access.aws_iam_role_policy.reader["north and south"]'],
  id: 'reader:north',
  summary: 'its policy was changed outside Terraform',
  evidence: [{ source: 'plan', text: 'policy: a statement was added' }],
  leaveStateAlone: 'the next apply puts the policy back',
  repairs: [],
  owners: [],
};

export const oldVersion: OwnedFinding = {
  code: 'wrong-terraform-version',
  severity: 'notice',
  confidence: 'certain',
  addresses: [],
  id: undefined,
  summary: 'the state was written by terraform 1.10.2',
  evidence: [],
  leaveStateAlone: undefined,
  repairs: [],
  owners: [],
};

export const rows: readonly ResourceRow[] = [
  row('aws_db_parameter_group.booking-db-pg15', { status: 'missing', findings: ['deleted-outside'] }),
  row('aws_db_instance.booking-db', {
    status: 'failed',
    findings: ['deleted-outside'],
    dependencies: ['aws_db_parameter_group.booking-db-pg15'],
  }),
  row('aws_cloudwatch_metric_alarm.booking-db-cpu', { dependencies: ['aws_db_instance.booking-db'] }),
  row('module.access.aws_iam_role_policy.reader["north and south"]', {
    status: 'drifted',
    findings: ['changed-outside'],
    dependencies: ['module.access.aws_iam_role.reader'],
  }),
  row('module.access.aws_iam_role.reader'),
];

/** An account with three findings, the suspect first. */
export const ailing: RootDiagnosis = {
  name: 'ferries-prod',
  kind: 'account',
  uid: '123456789012',
  state: { terraformVersion: '1.11.4', serial: 42, lineage: '6f1c2f9e', instances: 312 },
  plan: { outcome: 'failed', actions: { create: 1, update: 2 }, refreshed: 310, durationMs: 14_200 },
  findings: [deletedGroup, changedPolicy, oldVersion],
  resources: rows,
  notes: ['CloudTrail was asked for the last 14 days only'],
};

export const healthy: RootDiagnosis = {
  name: 'ferries-stage',
  kind: 'account',
  uid: '210987654321',
  state: { terraformVersion: '1.11.4', serial: 7, lineage: '0a8e11d2', instances: 5 },
  plan: { outcome: 'planned', actions: {}, refreshed: 5, durationMs: 2100 },
  findings: [],
  resources: [row('aws_sqs_queue.receipts')],
  notes: [],
};

export const unreachable: RootDiagnosis = {
  name: 'ferries-lab',
  kind: 'account',
  findings: [],
  resources: [],
  notes: [],
  failure: {
    code: 'WrongAccount',
    message: 'the credentials are those of 999999999999, but ferries-lab is 111111111111',
    hint: 'give --aws-profile of the account',
  },
};

export const fleet: FleetDiagnosis = { accounts: [unreachable, ailing, healthy] };

/** A healthy resource, or one with these properties. */
export function row(address: string, rest: Partial<ResourceRow> = {}): ResourceRow {
  const type = address.replace(/^(module\.[^.]+\.)*/, '').replace(/\..*/s, '');
  return { address, type, id: `id-of-${type}`, status: 'refreshed', findings: [], dependencies: [], ...rest };
}
