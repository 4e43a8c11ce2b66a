import { FailedError } from '../../../errors.js';
import type { BlockHandle } from '../../model/document.js';
import type { AnswerValue, Need } from '../../model/need.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import type { Spec } from '../../model/spec.js';
import type { AlbTarget } from './fields.js';
import { networkOf } from './network.js';

/** What the target groups of a load balancer have in common. */
export interface TargetScope {
  readonly spec: Spec;
  readonly provider: string;
  readonly vpc: { readonly vpc_id: string; readonly cidr_block: string };
}

/** The target groups by the name of their target, and the one that takes what no rule takes. */
export interface TargetGroups {
  readonly byName: ReadonlyMap<string, BlockHandle>;
  readonly defaultGroup: BlockHandle;
}

/** What finds the addresses of a target that is an OpenShift service; undefined for others. */
export function serviceNeed(spec: Spec, { openshift_service: service }: AlbTarget): Need | undefined {
  if (service === undefined || service === null || service === '') return undefined;
  const { name, cluster } = spec.namespace;
  return {
    ...{ kind: 'service-addresses', cluster: cluster.name, region: cluster.region },
    service: `${name}/${service}`,
  };
}

/** A target group for each target, with its addresses attached. @throws FailedError unless one is the default */
export function targetGroups(
  context: RenderContext,
  targets: readonly AlbTarget[],
  scope: TargetScope,
): TargetGroups {
  const byName = new Map<string, BlockHandle>();
  for (const target of targets) {
    const group = targetGroup(context, target, scope);
    byName.set(target.name, group);
    attachAddresses(context, target, group, scope);
  }
  const defaults = targets.filter((target) => target.default).map(({ name }) => name);
  const defaultGroup = byName.get(defaults[0] ?? '');
  if (defaultGroup !== undefined && defaults.length === 1) return { byName, defaultGroup };
  const found = defaults.length === 0 ? 'none' : defaults.join(', ');
  throw new FailedError(
    'DefaultTarget',
    `exactly one of the targets must have default: true, found ${found}`,
  );
}

/** Group names are random, so that Terraform can make the new one before it takes the old one away. */
function targetGroup(context: RenderContext, target: AlbTarget, scope: TargetScope): BlockHandle {
  const name = groupName(scope.spec, target);
  const random = context.resource('random_id', name, { keepers: { name: target.name }, byte_length: 4 });
  return context.resource('aws_lb_target_group', name, {
    provider: scope.provider,
    name: `${target.name}-${random.ref('hex')}`,
    port: 443,
    protocol: orElse(target.protocol, 'HTTPS'),
    protocol_version: orElse(target.protocol_version, 'HTTP1'),
    target_type: 'ip',
    vpc_id: scope.vpc.vpc_id,
    health_check: { interval: 10, path: '/', protocol: 'HTTPS', port: 443 },
    lifecycle: { create_before_destroy: true },
  });
}

function groupName({ identifier }: Spec, { name }: AlbTarget): string {
  return `${identifier}-${name}`;
}

function orElse(text: string | null | undefined, fallback: string): string {
  return text === undefined || text === null || text === '' ? fallback : text;
}

function attachAddresses(
  context: RenderContext,
  target: AlbTarget,
  group: BlockHandle,
  { spec, provider, vpc }: TargetScope,
): void {
  const name = groupName(spec, target);
  const isInVpc = networkOf(vpc.cidr_block);
  const attach = (slug: string, address: string, zone?: string): void => {
    context.resource('aws_lb_target_group_attachment', `${name}-${slug}`, {
      ...{ provider, target_group_arn: group.ref('arn'), target_id: address, port: 443 },
      depends_on: [group.dependency],
      availability_zone: zone,
    });
  };
  const addresses = addressesOf(context, spec, target);
  if (typeof addresses === 'string') {
    attach('unknown', addresses);
    return;
  }
  for (const address of addresses) {
    attach(address.replaceAll('.', '_'), address, isInVpc(address) ? undefined : 'all');
  }
}

/** Addresses of a target; the reference of a placeholder variable when nobody could tell them. */
function addressesOf(context: RenderContext, spec: Spec, target: AlbTarget): readonly string[] | string {
  const need = serviceNeed(spec, target);
  const { ips } = target;
  if (need === undefined) {
    if (ips !== undefined && ips !== null && truthy(ips)) return ips;
    throw new FailedError('TargetEmpty', `target ${target.name} has neither ips nor openshift_service`);
  }
  const answer = context.answer(need);
  if (!answer.known) return context.placeholder(`${target.name}_address`, answer.why);
  if (isList(answer.value) && answer.value.length > 0) return answer.value;
  throw new FailedError(
    'TargetEmpty',
    `target ${target.name}: OpenShift service ${String(target.openshift_service)} has no load balancer address`,
  );
}

function isList(value: AnswerValue): value is readonly string[] {
  return Array.isArray(value);
}
