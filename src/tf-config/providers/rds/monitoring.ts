import type { JsonObject } from '../../../json.js';
import { managedPolicyArn } from '../../model/account.js';
import type { BlockHandle } from '../../model/document.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonJson, truthy } from '../../model/python.js';
import type { Spec } from '../../model/spec.js';
import { take } from '../../model/values.js';
import { NO_PART, type InstancePart } from './part.js';

const DEFAULT_INTERVAL_SECONDS = 60;

const MAY_MONITOR: JsonObject = {
  Version: '2012-10-17',
  Statement: [
    { Action: 'sts:AssumeRole', Principal: { Service: 'monitoring.rds.amazonaws.com' }, Effect: 'Allow' },
  ],
};

export interface Monitoring extends InstancePart {
  /** The attachment that lets AWS monitor; undefined without enhanced monitoring. */
  readonly attachment: BlockHandle | undefined;
}

/** Enhanced monitoring and the role that it needs. Without it, an interval in the values makes no sense and goes. */
export function enhancedMonitoring(values: JsonObject, spec: Spec, context: RenderContext): Monitoring {
  if (!truthy(take(values, 'enhanced_monitoring'))) {
    if (truthy(values['monitoring_interval'])) take(values, 'monitoring_interval');
    return { ...NO_PART, attachment: undefined };
  }
  const name = `${spec.identifier}-enhanced-monitoring`;
  const role = context.resource('aws_iam_role', name, {
    name,
    assume_role_policy: pythonJson(MAY_MONITOR, { sortKeys: true }),
  });
  const attachment = context.resource('aws_iam_role_policy_attachment', name, {
    role: name,
    policy_arn: managedPolicyArn(context.account, 'service-role/AmazonRDSEnhancedMonitoringRole'),
    depends_on: [role.dependency],
  });
  const { monitoring_interval: interval = DEFAULT_INTERVAL_SECONDS } = values;
  return {
    arguments: { monitoring_interval: interval, monitoring_role_arn: role.ref('arn') },
    dependencies: [role.dependency, attachment.dependency],
    attachment,
  };
}
