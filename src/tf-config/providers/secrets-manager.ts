import { providerFor, regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field, requiredSecret } from '../model/define-provider.js';
import { isWholeSecret, type SecretRef } from '../model/need.js';
import type { RenderContext } from '../model/provider.js';
import { pythonJson } from '../model/python.js';
import { outputPrefix } from '../model/spec.js';

/** A copy of a secret in Secrets Manager, as JSON text. */
export const secretsManager = defineProvider({
  provider: 'secrets-manager',
  graphqlType: 'NamespaceTerraformResourceSecretsManager_v1',
  selection: 'region secret { path field version format }',
  fields: { region: field.text, secret: requiredSecret },
  needs: (spec) => [{ kind: 'secret', secret: spec.own.secret }],

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier: name, own } = spec;
    const prefix = outputPrefix(spec);
    const provider = providerFor(context.account, regionOf(context.account, own.region));
    const secret = context.resource('aws_secretsmanager_secret', name, { name, ...provider });
    const version = context.resource('aws_secretsmanager_secret_version', name, {
      secret_id: secret.ref('id'),
      secret_string: secretString(own.secret, context),
      ...provider,
    });
    context.output(`${prefix}__arn`, version.ref('arn'));
    context.output(`${prefix}__version_id`, version.ref('version_id'));
  },
});

function secretString(secret: SecretRef, context: RenderContext): string {
  const variable = 'secret_string';
  const answer = context.answer({ kind: 'secret', secret });
  if (!answer.known) return context.placeholder(variable, answer.why, { sensitive: true });
  const whole = isWholeSecret(answer.value) ? answer.value : {};
  return context.sensitive(variable, pythonJson(whole, { sortKeys: true }));
}
