import * as v from 'valibot';

import type { JsonObject } from '../../../json.js';
import { commonOutputs } from '../../model/common-outputs.js';
import { defineProvider, field } from '../../model/define-provider.js';
import { expectText } from '../../model/expect.js';
import { kmsKeyReference } from '../../model/kms-key.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import type { Spec } from '../../model/spec.js';
import { ownValue, take } from '../../model/values.js';
import { checkBestPractices, LOSS_IMPACTS } from './best-practices.js';
import { validDatabaseName } from './database-name.js';
import { eventSubscriptions } from './event-subscriptions.js';
import { takeLogin } from './login.js';
import { enhancedMonitoring } from './monitoring.js';
import { caCertificateNeed, caCertificateOutput, connectionOutputs, loginOutputs } from './outputs.js';
import { parameterGroups } from './parameter-groups.js';
import { joinParts, NO_PART, type InstancePart } from './part.js';
import { takePlacement } from './placement.js';
import { takeReplica, waitForMonitoring, type Replica } from './replica.js';

/** A database instance or a read replica of one, with its parameter groups, monitoring role and event subscriptions. */
export const rds = defineProvider({
  provider: 'rds',
  graphqlType: 'NamespaceTerraformResourceRDS_v1',
  selection: `region defaults availability_zone parameter_group old_parameter_group overrides
    enhanced_monitoring replica_source output_resource_db_name reset_password
    ca_cert { path field version format }
    event_notifications { destination source_type event_categories }
    data_classification { loss_impact }
    managed_by_erv2`,
  fields: {
    defaults: field.text,
    overrides: field.json,
    data_classification: v.nullish(v.object({ loss_impact: v.picklist(LOSS_IMPACTS) })),
  },
  files: (spec) =>
    ['parameter_group', 'old_parameter_group'].map((key) => {
      const path = ownValue(spec, key);
      return typeof path === 'string' && path !== '' ? path : undefined;
    }),
  needs: (_spec, input) => [caCertificateNeed(input.values())].filter((need) => need !== undefined),

  render(spec, context) {
    commonOutputs(spec, context);
    const values = context.values();
    const name = validDatabaseName(values);
    const login = takeLogin(values, context);
    const outputName = take(values, 'output_resource_db_name') ?? null;
    caCertificateOutput(spec, values, context);
    eventSubscriptions(values, spec, context);
    const { replica, parts } = instanceParts(spec, values, context);
    const instance = {
      ...{ ...values, password: login.password },
      apply_immediately: truthy(values['apply_immediately']) ? values['apply_immediately'] : false,
      ...joinParts(parts),
    };
    const { data_classification: classification } = spec.own;
    if (classification) checkBestPractices(classification.loss_impact, instance);
    const handle = context.resource('aws_db_instance', spec.identifier, instance);
    const database = replica?.databaseName ?? name;
    connectionOutputs(spec, handle, truthy(outputName) ? outputName : database, context);
    if (!('replicate_source_db' in instance)) loginOutputs(spec, values, login, context);
  },
});

/** Takes what is not an argument of the instance out of the values, and says what it makes of the instance. */
function instanceParts(
  spec: Spec,
  values: JsonObject,
  context: RenderContext,
): { parts: InstancePart[]; replica: Replica | undefined } {
  const { provider, region } = takePlacement(values, context.account);
  const groups = parameterGroups(values, spec, provider, context);
  const monitoring = enhancedMonitoring(values, spec, context);
  const replica = takeReplica(values, region, context);
  const wait = waitForMonitoring(spec, replica, monitoring, context);
  const place = { arguments: provider, dependencies: [] };
  const parts = [place, groups, monitoring, replica ?? NO_PART, wait, takeKmsKey(values, context)];
  return { replica, parts };
}

function takeKmsKey(values: JsonObject, context: RenderContext): InstancePart {
  const key = take(values, 'kms_key_id') ?? null;
  if (key === null) return NO_PART;
  const { arn, dependency } = kmsKeyReference(expectText(key, 'kms_key_id'), context);
  return { arguments: { kms_key_id: arn }, dependencies: dependency === undefined ? [] : [dependency] };
}
