import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field, requiredSecret } from '../model/define-provider.js';
import { secretKey } from '../model/secret-key.js';
import { outputPrefix } from '../model/spec.js';

/** The public key by which CloudFront checks signed URLs and cookies. It comes from a secret, but is none. */
export const s3CloudfrontPublicKey = defineProvider({
  provider: 's3-cloudfront-public-key',
  graphqlType: 'NamespaceTerraformResourceS3CloudFrontPublicKey_v1',
  selection: 'region secret { path field version format }',
  fields: { region: field.text, secret: requiredSecret },
  needs: (spec) => [{ kind: 'secret', secret: spec.own.secret }],

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier: name, own } = spec;
    const prefix = outputPrefix(spec);
    const encodedKey = secretKey(context, { kind: 'secret', secret: own.secret }, 'cloudfront_public_key', {
      public: true,
      output: 'key',
    });
    const key = context.resource('aws_cloudfront_public_key', name, {
      name,
      comment: 'managed by app-interface',
      encoded_key: encodedKey,
    });
    // One underscore: the reconcile loop's slip, by which this output reaches no Kubernetes Secret.
    context.output(`${prefix}_etag`, key.ref('etag'));
    context.output(`${prefix}__id`, key.ref('id'));
    context.output(`${prefix}__key`, encodedKey);
  },
});
