import type * as v from 'valibot';

import { FailedError } from '../../errors.js';
import type { JsonObject } from '../../json.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider } from '../model/define-provider.js';
import type { BlockHandle } from '../model/document.js';
import type { RenderContext } from '../model/provider.js';
import { truthy } from '../model/python.js';
import { outputPrefix, specTags, type Spec } from '../model/spec.js';
import { albFields, albSelection } from './alb/fields.js';
import { listenerRules } from './alb/rules.js';
import { serviceNeed, targetGroups, type TargetGroups } from './alb/targets.js';

/** An application load balancer for HTTPS, with its security group, target groups, listeners and rules. */
export const alb = defineProvider({
  provider: 'alb',
  graphqlType: 'NamespaceTerraformResourceALB_v1',
  selection: albSelection,
  fields: albFields,
  needs: (spec) =>
    spec.own.targets.flatMap((target) => {
      const need = serviceNeed(spec, target);
      return need === undefined ? [] : [need];
    }),

  render(spec, context) {
    commonOutputs(spec, context);
    const { own } = spec;
    const provider = providerOf(spec, context);
    const balancer = loadBalancer(context, spec, own, provider);
    const groups = targetGroups(context, own.targets, { spec, provider, vpc: own.vpc });
    const listener = listeners(context, spec, own, { provider, balancer, groups });
    listenerRules(context, own.rules, { spec, provider, listener, groups });
    context.output(`${outputPrefix(spec)}__dns_name`, balancer.ref('dns_name'));
    context.output(`${outputPrefix(spec)}__vpc_cidr_block`, own.vpc.cidr_block);
  },
});

type AlbFields = v.InferOutput<v.ObjectSchema<typeof albFields, undefined>>;

/**
 * The provider of the cluster's region, whatever region the spec names. In a single-region account the original names
 * the alias of the default region, which such an account does not have.
 */
function providerOf({ namespace }: Spec, context: RenderContext): string {
  const { supportedDeploymentRegions: regions, resourcesDefaultRegion } = context.account;
  const region = regions === null ? resourcesDefaultRegion : namespace.cluster.region;
  if (region === null)
    throw new FailedError('ValueMissing', `cluster ${namespace.cluster.name} has no region`);
  if (regions?.includes(region) !== true) {
    context.warn(
      `it names the provider aws.${region}, which the config does not have: ` +
        `${region} is not among the account's supportedDeploymentRegions`,
    );
  }
  return `aws.${region}`;
}

const ANYWHERE = { cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: ['::/0'] };

function securityGroup(context: RenderContext, spec: Spec, own: AlbFields, provider: string): BlockHandle {
  const ingress = { ...ANYWHERE, cidr_blocks: own.ingress_cidr_blocks };
  return context.resource('aws_security_group', spec.identifier, {
    ...{ provider, vpc_id: own.vpc.vpc_id, tags: specTags(spec) },
    ingress: [webTraffic('http', 80, ingress), webTraffic('https', 443, ingress)],
    egress: [webTraffic('http', 80, ANYWHERE), webTraffic('https', 443, ANYWHERE)],
  });
}

/** One rule. In JSON a rule must have all its arguments. */
function webTraffic(protocol: string, port: number, blocks: JsonObject): JsonObject {
  return {
    ...{ description: `allow ${protocol}`, from_port: port, to_port: port, protocol: 'tcp', ...blocks },
    ...{ prefix_list_ids: null, security_groups: null, self: null },
  };
}

function loadBalancer(context: RenderContext, spec: Spec, own: AlbFields, provider: string): BlockHandle {
  const group = securityGroup(context, spec, own, provider);
  const bucketName = `${spec.identifier}-lb-access-logs`;
  const bucket = truthy(own.access_logs)
    ? context.resource('aws_s3_bucket', bucketName, { provider, bucket: bucketName })
    : undefined;
  return context.resource('aws_lb', spec.identifier, {
    provider,
    name: spec.identifier,
    internal: false,
    ip_address_type: own.ip_address_type ?? null,
    load_balancer_type: 'application',
    security_groups: [group.ref('id')],
    subnets: own.vpc.subnets.map(({ id }) => id),
    tags: specTags(spec),
    depends_on: [group.dependency, ...(bucket === undefined ? [] : [bucket.dependency])],
    idle_timeout: truthy(own.idle_timeout) ? own.idle_timeout : undefined,
    enable_http2: own.enable_http2 === false ? false : undefined,
    access_logs: bucket === undefined ? undefined : { enabled: true, bucket: bucket.ref('id') },
  });
}

/** HTTP is redirected to HTTPS, whose listener is returned. */
function listeners(
  context: RenderContext,
  { identifier }: Spec,
  own: AlbFields,
  { provider, balancer, groups }: { provider: string; balancer: BlockHandle; groups: TargetGroups },
): BlockHandle {
  const common = { provider, load_balancer_arn: balancer.ref('arn') };
  context.resource('aws_lb_listener', `${identifier}-redirect`, {
    ...{ ...common, port: 80, protocol: 'HTTP' },
    default_action: {
      type: 'redirect',
      redirect: { port: 443, protocol: 'HTTPS', status_code: 'HTTP_301' },
    },
    depends_on: [balancer.dependency],
  });
  return context.resource('aws_lb_listener', `${identifier}-forward`, {
    ...{ ...common, port: 443, protocol: 'HTTPS' },
    ssl_policy: truthy(own.ssl_policy) ? own.ssl_policy : 'ELBSecurityPolicy-TLS13-1-0-2021-06',
    certificate_arn: own.certificate_arn,
    default_action: { type: 'forward', target_group_arn: groups.defaultGroup.ref('arn') },
    depends_on: [balancer.dependency, groups.defaultGroup.dependency],
  });
}
