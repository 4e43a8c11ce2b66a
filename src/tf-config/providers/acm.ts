import * as v from 'valibot';

import type { JsonObject } from '../../json.js';
import { providerFor, regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import type { SecretRef } from '../model/need.js';
import type { RenderContext } from '../model/provider.js';
import { optionalSecretKey, secretKey } from '../model/secret-key.js';
import { outputPrefix } from '../model/spec.js';

const Domain = v.object({ domain_name: v.string(), alternate_names: field.texts });

/** A certificate: imported from a secret, or requested for a domain and validated by DNS. */
export const acm = defineProvider({
  provider: 'acm',
  graphqlType: 'NamespaceTerraformResourceACM_v1',
  selection: 'region secret { path field version format } domain { domain_name alternate_names }',
  fields: { region: field.text, secret: field.secret, domain: v.nullish(Domain) },
  needs: ({ own: { secret } }) => (secret ? [{ kind: 'secret', secret }] : []),

  render(spec, context) {
    commonOutputs(spec, context);
    const { region, secret, domain } = spec.own;
    const prefix = outputPrefix(spec);
    if (!secret && !domain) {
      context.warn('it has neither a secret nor a domain: AWS will refuse the certificate');
    }
    const imported = secret ? importedCertificate(secret, context) : undefined;
    const certificate = context.resource('aws_acm_certificate', spec.identifier, {
      private_key: imported?.key,
      certificate_body: imported?.certificate,
      certificate_chain: imported?.chain,
      ...(domain ? requestedCertificate(domain) : {}),
      ...providerFor(context.account, regionOf(context.account, region)),
    });
    for (const attribute of ['arn', 'status', 'domain_validation_options']) {
      context.output(`${prefix}__${attribute}`, certificate.ref(attribute));
    }
    if (imported === undefined) return;
    // The key's output is marked sensitive only where a variable stands for the key: the reconcile loop forgot to.
    context.output(`${prefix}__key`, imported.key);
    context.output(`${prefix}__certificate`, imported.certificate, { sensitive: true });
    if (imported.chain !== undefined) {
      context.output(`${prefix}__caCertificate`, imported.chain, { sensitive: true });
    }
  },
});

interface ImportedCertificate {
  readonly key: string;
  readonly certificate: string;
  readonly chain: string | undefined;
}

function importedCertificate(secret: SecretRef, context: RenderContext): ImportedCertificate {
  const need = { kind: 'secret', secret } as const;
  return {
    key: secretKey(context, need, 'key'),
    certificate: secretKey(context, need, 'certificate'),
    chain: optionalSecretKey(context, need, 'caCertificate'),
  };
}

function requestedCertificate({ domain_name, alternate_names }: v.InferOutput<typeof Domain>): JsonObject {
  return {
    domain_name,
    validation_method: 'DNS',
    ...(alternate_names ? { subject_alternative_names: alternate_names } : {}),
  };
}
