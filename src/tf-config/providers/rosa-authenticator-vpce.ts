import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import { expectList, expectText } from '../model/expect.js';
import { addResources, propertiesOf, ref } from './rosa-authenticator/blocks.js';

/** The VPC endpoint that people reach a rosa-authenticator's gateway through. No provider alias, whatever the region. */
export const rosaAuthenticatorVpce = defineProvider({
  provider: 'rosa-authenticator-vpce',
  graphqlType: 'NamespaceTerraformResourceRosaAuthenticatorVPCE_V1',
  selection: 'region defaults subnet_ids vpc_id',
  fields: { region: field.text, defaults: field.text },

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier } = spec;
    const values = context.values();
    const withProperties = propertiesOf(values);
    const vpc = { vpc_id: values['vpc_id'] ?? null };
    const group = ref('aws_security_group.api_gw_vpce.id');
    const rule = (type: string, addresses: string): ReturnType<typeof withProperties> =>
      withProperties('vpce_security_group_rule_common_properties', {
        ...{ type, security_group_id: group, cidr_blocks: [addresses] },
      });
    const subnets = expectList(values['subnet_ids'], 'subnet_ids').map((id) => expectText(id, 'subnet_ids'));
    addResources(context, {
      aws_security_group: {
        api_gw_vpce: {
          name: `${identifier}-vpce-sg`,
          description: 'Control access to the API Gateway VPC endpoint',
          ...vpc,
          tags: { Name: `ocm-${identifier}-api-gateway-vpce-sg` },
        },
      },
      aws_security_group_rule: {
        vpce_inbound: rule('ingress', '10.0.0.0/8'),
        vpce_outbound: rule('egress', '0.0.0.0/0'),
      },
      aws_vpc_endpoint: {
        api_gw: withProperties('vpc_endpoint_properties', {
          ...{ ...vpc, security_group_ids: [group], tags: { Name: `${identifier}-vpce` } },
        }),
      },
      aws_vpc_endpoint_subnet_association: Object.fromEntries(
        subnets.map((id) => [
          `api_gw_${id}`,
          { vpc_endpoint_id: ref('aws_vpc_endpoint.api_gw.id'), subnet_id: id },
        ]),
      ),
    });
  },
});
