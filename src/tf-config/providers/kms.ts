import type { JsonObject } from '../../json.js';
import { providerFor, regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import { expectText } from '../model/expect.js';
import { outputPrefix } from '../model/spec.js';
import { take } from '../model/values.js';

/** A KMS key and its alias. */
export const kms = defineProvider({
  provider: 'kms',
  graphqlType: 'NamespaceTerraformResourceKMS_v1',
  selection: 'region defaults overrides',
  fields: { region: field.text, defaults: field.text, overrides: field.json },

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier } = spec;
    const values: JsonObject = { description: 'app-interface created KMS key', ...context.values() };
    take(values, 'identifier');
    const provider = providerFor(context.account, regionOf(context.account, take(values, 'region')));
    const { key_usage: usage } = values;
    const key = context.resource('aws_kms_key', identifier, {
      ...values,
      ...(usage === undefined ? {} : { key_usage: expectText(usage, 'key_usage').toUpperCase() }),
      ...provider,
    });
    context.output(`${outputPrefix(spec)}__key_id`, key.refOrOwn('key_id'));
    context.resource('aws_kms_alias', identifier, {
      name: `alias/${identifier}`,
      target_key_id: key.ref('key_id'),
      ...provider,
    });
  },
});
