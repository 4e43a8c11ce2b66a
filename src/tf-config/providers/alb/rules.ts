import { FailedError } from '../../../errors.js';
import type { JsonObject } from '../../../json.js';
import type { BlockHandle } from '../../model/document.js';
import type { RenderContext } from '../../model/provider.js';
import type { Spec } from '../../model/spec.js';
import type { AlbRule } from './fields.js';
import type { TargetGroups } from './targets.js';

/** A listener's rules, in the order of their priority. */
export function listenerRules(
  context: RenderContext,
  rules: readonly AlbRule[],
  scope: { spec: Spec; provider: string; listener: BlockHandle; groups: TargetGroups },
): void {
  const { spec, provider, listener, groups } = scope;
  for (const [index, rule] of rules.entries()) {
    const priority = index + 1;
    const name = `${spec.identifier}-rule-${String(priority).padStart(2, '0')}`;
    context.resource('aws_lb_listener_rule', name, {
      ...{ provider, listener_arn: listener.ref('arn'), priority },
      action: ruleAction(rule, priority, groups),
      condition: rule.condition.map(ruleCondition),
      depends_on: [listener.dependency],
    });
  }
}

function ruleCondition(condition: AlbRule['condition'][number]): JsonObject {
  switch (condition.type) {
    case 'host-header':
      return { host_header: { values: condition.host_header } };
    case 'http-request-method':
      return { http_request_method: { values: condition.http_request_method } };
    case 'path-pattern':
      return { path_pattern: { values: condition.path_pattern } };
    case 'source-ip':
      return { source_ip: { values: condition.source_ip } };
  }
}

function ruleAction({ action }: AlbRule, priority: number, { byName }: TargetGroups): JsonObject {
  if (action.type !== 'forward') return action;
  const target_group = action.forward.target_group.map(({ target, weight }) => {
    const group = byName.get(target);
    if (group !== undefined) return { arn: group.ref('arn'), weight };
    throw new FailedError(
      'TargetUnknown',
      `rule ${priority} forwards to ${target}, which is none of the targets`,
      {
        hint: `the targets are: ${[...byName.keys()].join(', ')}`,
      },
    );
  });
  const sum = target_group.reduce((total, { weight }) => total + weight, 0);
  if (sum !== 100) {
    throw new FailedError('WeightsInvalid', `the weights of rule ${priority} add up to ${sum}, not to 100`);
  }
  return { type: 'forward', forward: { target_group, stickiness: { enabled: false, duration: 1 } } };
}
