import { commonOutputs } from '../../model/common-outputs.js';
import { defineProvider, field } from '../../model/define-provider.js';
import { addResources } from './blocks.js';
import { deployment } from './deployment.js';
import { firewall } from './firewall.js';
import { gateway, routes } from './gateway.js';
import { lambdaNeed, preSignupLambda } from './lambda.js';
import { loadBalancer } from './load-balancer.js';
import { loggingRole } from './logging-role.js';
import { poolClients } from './pool-clients.js';
import { siteOf } from './site.js';
import { logoNeed, userPool } from './user-pool.js';

/** Login for ROSA in GovCloud: a Cognito user pool behind an API gateway. No provider alias, no tags. */
export const rosaAuthenticator = defineProvider({
  provider: 'rosa-authenticator',
  graphqlType: 'NamespaceTerraformResourceRosaAuthenticator_V1',
  selection: `region defaults api_proxy_uri cognito_callback_bucket_name certificate_arn domain_name
    network_interface_ids openshift_ingress_load_balancer_arn insights_callback_urls vpc_id subnet_ids vpce_id`,
  fields: { region: field.text, defaults: field.text },
  needs: (_spec, input) => {
    const values = input.values();
    return [lambdaNeed(values), logoNeed(values)];
  },

  render(spec, context) {
    commonOutputs(spec, context);
    const site = siteOf(spec.identifier, context.values(), context.account);
    const routed = routes(site);
    const tables = [
      ...[preSignupLambda(site, context), userPool(site, context), poolClients(site)],
      ...[loadBalancer(site, context), gateway(site), routed, deployment(site, routed)],
      ...[firewall(site), loggingRole(site)],
    ];
    for (const table of tables) addResources(context, table);
  },
});
