import * as v from 'valibot';

import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider } from '../model/define-provider.js';
import { iamUserWithPolicy } from '../model/iam-user.js';
import { outputPrefix, specTags } from '../model/spec.js';

/** An IAM user that may do everything with the secrets of Secrets Manager under one prefix, in every region. */
export const secretsManagerServiceAccount = defineProvider({
  provider: 'secrets-manager-service-account',
  graphqlType: 'NamespaceTerraformResourceSecretsManagerServiceAccount_v1',
  selection: 'secrets_prefix',
  fields: { secrets_prefix: v.string() },

  render(spec, context) {
    commonOutputs(spec, context);
    const { secrets_prefix: secrets } = spec.own;
    const prefix = outputPrefix(spec);
    iamUserWithPolicy(context, {
      name: spec.identifier,
      tags: specTags(spec),
      outputPrefix: prefix,
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['secretsmanager:ListSecrets'], Resource: '*' },
          {
            Effect: 'Allow',
            Action: 'secretsmanager:*',
            // The plain partition in every account: so does the reconcile loop.
            Resource: [`arn:aws:secretsmanager:*:*:secret:${secrets}/*`],
          },
        ],
      },
    });
    context.output(`${prefix}__secrets_prefix`, secrets);
  },
});
