import * as v from 'valibot';

import { providerFor, regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import { expectPresent } from '../model/expect.js';
import { iamUserWithPolicy } from '../model/iam-user.js';
import { outputPrefix, specTags } from '../model/spec.js';
import { take } from '../model/values.js';

/** DynamoDB tables, and one IAM user that may use them all. Resources are named after the tables, not the spec. */
export const dynamodb = defineProvider({
  provider: 'dynamodb',
  graphqlType: 'NamespaceTerraformResourceDynamoDB_v1',
  selection: 'region specs { defaults tables { key value } }',
  fields: {
    region: field.text,
    specs: v.array(
      v.object({
        defaults: v.string(),
        tables: v.array(v.object({ key: v.string(), value: v.string() })),
      }),
    ),
  },
  files: (spec) => spec.own.specs.map(({ defaults }) => defaults),

  render(spec, context) {
    commonOutputs(spec, context);
    const { account } = context;
    const prefix = outputPrefix(spec);
    const tags = specTags(spec);
    const region = regionOf(account, spec.own.region);
    const tables = spec.own.specs.flatMap((group) => group.tables.map((table) => ({ ...table, ...group })));
    for (const { key, value: table, defaults } of tables) {
      const values = context.yaml(defaults);
      const attribute = expectPresent(take(values, 'attributes'), `attributes in ${defaults}`);
      context.resource('aws_dynamodb_table', table, {
        ...{ name: table, tags },
        ...values,
        ...{ attribute, ...providerFor(account, region) },
      });
      context.output(`${prefix}__${key}`, table);
    }
    context.output(`${prefix}__aws_region`, region);
    context.output(`${prefix}__endpoint`, `https://dynamodb.${region}.amazonaws.com`);
    iamUserWithPolicy(context, {
      name: spec.identifier,
      tags,
      outputPrefix: prefix,
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:*'],
            Resource: tables.map(({ value }) => `arn:aws:dynamodb:${region}:${account.uid}:table/${value}`),
          },
        ],
      },
    });
  },
});
