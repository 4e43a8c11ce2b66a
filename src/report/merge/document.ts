import * as v from 'valibot';

import { RESOURCE_STATUSES, type FleetDiagnosis } from '../../diagnosis/diagnosis.js';
import { FINDING_CODES } from '../../diagnosis/finding.js';
import { MAX_TOTAL } from '../../fleet/shard.js';
import { PLAN_ACTIONS } from '../../terraform/plan/plan.js';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const action = v.picklist(PLAN_ACTIONS);

/** JSON has no `undefined`: what a finding has not is absent here, and made `undefined` again. */
const Repair = v.pipe(
  v.object({
    title: v.string(),
    command: v.optional(v.array(v.string())),
    terraform: v.optional(v.array(v.string())),
    expectedPlan: v.array(v.object({ address: v.string(), action, orNothing: v.optional(v.literal(true)) })),
  }),
  v.transform(({ command, terraform, ...rest }) => ({ ...rest, command, terraform })),
);

const ShortOwner = v.object({
  app: v.string(),
  namespace: v.string(),
  provider: v.string(),
  identifier: v.string(),
  contacts: v.array(v.string()),
});

const OwnedFinding = v.pipe(
  v.object({
    code: v.picklist(FINDING_CODES),
    severity: v.picklist(['blocker', 'danger', 'warning', 'notice']),
    confidence: v.picklist(['certain', 'likely', 'possible']),
    addresses: v.array(v.string()),
    id: v.optional(v.string()),
    summary: v.string(),
    evidence: v.array(
      v.object({
        source: v.picklist([
          'state',
          'plan',
          'config',
          'app-interface',
          'aws',
          'cloudtrail',
          'log',
          'terraform',
        ]),
        text: v.string(),
      }),
    ),
    leaveStateAlone: v.optional(v.string()),
    repairs: v.array(Repair),
    owners: v.array(ShortOwner),
  }),
  v.transform(({ id, leaveStateAlone, ...rest }) => ({ ...rest, id, leaveStateAlone })),
);

const RootDiagnosis = v.object({
  name: v.string(),
  kind: v.picklist(['account', 'folder', 'log']),
  uid: v.exactOptional(v.string()),
  state: v.exactOptional(
    v.object({
      terraformVersion: v.string(),
      serial: natural,
      lineage: v.string(),
      instances: natural,
    }),
  ),
  plan: v.exactOptional(
    v.object({
      outcome: v.picklist(['planned', 'failed']),
      actions: v.record(action, natural),
      refreshed: natural,
      durationMs: v.pipe(v.number(), v.minValue(0)),
    }),
  ),
  findings: v.array(OwnedFinding),
  resources: v.array(
    v.object({
      address: v.string(),
      type: v.string(),
      id: v.exactOptional(v.string()),
      status: v.picklist(RESOURCE_STATUSES),
      findings: v.array(v.picklist(FINDING_CODES)),
      dependencies: v.array(v.string()),
    }),
  ),
  notes: v.array(v.string()),
  failure: v.exactOptional(
    v.object({ code: v.string(), message: v.string(), hint: v.exactOptional(v.string()) }),
  ),
});

/** The result of `tfrepair diagnose --json`, as `FleetDiagnosis` describes it. Properties beyond it are left out. */
export const FleetDocument: v.GenericSchema<unknown, FleetDiagnosis> = v.object({
  accounts: v.array(RootDiagnosis),
  shard: v.exactOptional(
    v.pipe(
      v.object({ index: v.pipe(natural, v.minValue(1)), total: v.pipe(natural, v.maxValue(MAX_TOTAL)) }),
      v.check(({ index, total }) => index <= total, 'a part of that many'),
    ),
  ),
  missingShards: v.exactOptional(v.array(natural)),
});

/** What `--json` prints around a result, or around an error. */
export const Envelope = v.object({
  schemaVersion: v.number(),
  command: v.nullable(v.string()),
  result: v.optional(v.unknown()),
  error: v.optional(v.object({ code: v.string(), message: v.string() })),
});
