import { FailedError } from '../../errors.js';
import type { JsonObject } from '../../json.js';
import { providerFor, regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import type { BlockHandle } from '../model/document.js';
import type { RenderContext } from '../model/provider.js';
import { pythonJson } from '../model/python.js';
import { outputPrefix, specTags, type Spec } from '../model/spec.js';
import { domainArguments } from './elasticsearch/domain-arguments.js';
import { logGroups, logPolicy, LogTypes } from './elasticsearch/log-groups.js';
import type { MasterUser } from './elasticsearch/master-user.js';
import { domainSecurity, masterUserSecret } from './elasticsearch/security.js';

/** An Elasticsearch or OpenSearch domain; a master user of its own is kept in Secrets Manager as well. */
export const elasticsearch = defineProvider({
  provider: 'elasticsearch',
  graphqlType: 'NamespaceTerraformResourceElasticSearch_v1',
  selection: 'region defaults publish_log_types',
  fields: { region: field.text, defaults: field.text, publish_log_types: LogTypes },
  needs(_spec, input) {
    const secret = masterUserSecret(input.values());
    return secret === undefined ? [] : [secret];
  },

  render(spec, context) {
    commonOutputs(spec, context);
    checkName(spec.identifier);
    const values = context.values();
    const provider = providerFor(context.account, regionOf(context.account, values['region']));
    const log_publishing_options = logGroups(context, spec, values);
    const policy = logPolicy(context);
    const role = context.resource('aws_iam_service_linked_role', 'elasticsearch', {
      aws_service_name: 'es.amazonaws.com',
    });
    const settings = domainArguments(values);
    const security = domainSecurity(context, values);
    const domain = context.resource('aws_elasticsearch_domain', spec.identifier, {
      domain_name: spec.identifier,
      tags: specTags(spec),
      ...{ log_publishing_options, ...settings },
      depends_on: [role.dependency, ...(policy === undefined ? [] : [policy.dependency])],
      ...provider,
      advanced_security_options: security?.options,
    });
    domainOutputs(context, spec, domain);
    if (security?.user !== undefined) masterUserSecretBlocks(context, spec, security.user, provider);
  },
});

/** The service's own rule for names of domains. */
function checkName(name: string): void {
  if (name.length >= 3 && name.length <= 28 && /^[a-z][a-z0-9-]+$/.test(name)) return;
  throw new FailedError(
    'NameInvalid',
    `${name} cannot be the name of a domain, which has 3 to 28 characters: ` +
      'lower-case letters, digits and hyphens, a letter first',
  );
}

function domainOutputs(context: RenderContext, spec: Spec, domain: BlockHandle): void {
  const prefix = outputPrefix(spec);
  context.output(`${prefix}__arn`, domain.ref('arn'));
  context.output(`${prefix}__domain_id`, domain.ref('domain_id'));
  context.output(`${prefix}__domain_name`, spec.identifier);
  context.output(`${prefix}__endpoint`, `https://${domain.ref('endpoint')}`);
  context.output(`${prefix}__kibana_endpoint`, `https://${domain.ref('kibana_endpoint')}`);
  context.output(`${prefix}__vpc_id`, domain.ref('vpc_options.0.vpc_id'));
}

/** The user's secret in Secrets Manager, and the policy for those who read it. */
function masterUserSecretBlocks(
  context: RenderContext,
  spec: Spec,
  user: MasterUser,
  provider: { provider?: string },
): void {
  const tags = specTags(spec);
  const name = `qrtf-es-${spec.identifier}`;
  const secretName = `qrtf/es/${spec.identifier}`;
  const secret = context.resource('aws_secretsmanager_secret', name, { name: secretName, tags, ...provider });
  context.resource('aws_secretsmanager_secret_version', name, {
    secret_id: secret.ref('id'),
    secret_string: user.secretString,
    ...provider,
  });
  const policy = context.resource('aws_iam_policy', name, {
    name: `${spec.identifier}-secretsmanager-policy`,
    policy: pythonJson(readerPolicy(secret), { sortKeys: true }),
    tags,
  });
  const prefix = outputPrefix(spec);
  context.output(`${prefix}__secret_name`, secretName);
  context.output(`${prefix}__secret_policy_arn`, policy.ref('arn'));
  context.output(`${prefix}__master_user_name`, user.master_user_name, { sensitive: true });
  context.output(`${prefix}__master_user_password`, user.master_user_password, { sensitive: true });
}

function readerPolicy(secret: BlockHandle): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'secretsmanager:GetResourcePolicy',
          'secretsmanager:GetSecretValue',
          'secretsmanager:DescribeSecret',
          'secretsmanager:ListSecretVersionIds',
        ],
        Resource: secret.ref('id'),
      },
    ],
  };
}
