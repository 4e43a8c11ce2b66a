import type { Arguments, BlockSink } from '../../model/document.js';
import { expectList } from '../../model/expect.js';
import { ref, type ResourceTable } from './blocks.js';
import type { Site } from './site.js';

/**
 * The load balancer in front of the gateway's VPC endpoint, and the link from the gateway to the cluster's ingress. The
 * endpoint's network interfaces are of rosa-authenticator-vpce or made by hand, so they are looked up.
 */
export function loadBalancer(site: Site, sink: BlockSink): ResourceTable {
  const { identifier, values, withProperties } = site;
  const { subnet_ids: subnets = null, vpc_id: vpc = null, certificate_arn: certificate = null } = values;
  const targetGroup = { target_group_arn: ref('aws_lb_target_group.vpce_target_group.arn') };
  const interfaces = expectList(values['network_interface_ids'], 'network_interface_ids').map((id, index) =>
    sink.data('aws_network_interface', `cni-${index}`, { id }),
  );
  const attachments = interfaces.map((found, index): [string, Arguments] => [
    `vpce_attachment_${index}`,
    { ...targetGroup, target_id: found.ref('private_ip'), port: 443 },
  ]);
  return {
    aws_lb_target_group: {
      vpce_target_group: withProperties('lb_target_group_properties', {
        name: `${identifier}-vpce-tg`,
        vpc_id: vpc,
      }),
    },
    aws_lb_target_group_attachment: Object.fromEntries(attachments),
    aws_lb: { api_gw: withProperties('lb_properties', { name: `${identifier}-nlb`, subnets }) },
    aws_lb_listener: {
      nlb_listener: {
        load_balancer_arn: ref('aws_lb.api_gw.arn'),
        port: '443',
        protocol: 'TLS',
        certificate_arn: certificate,
        ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        default_action: { type: 'forward', ...targetGroup },
      },
    },
    aws_api_gateway_vpc_link: {
      vpc_link: {
        name: `${identifier}-vpc-link`,
        target_arns: [values['openshift_ingress_load_balancer_arn'] ?? null],
      },
    },
  };
}
