import * as v from 'valibot';

import type { Json, JsonObject } from '../../json.js';
import { managedPolicyArn } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import { pythonJson, textOr, truthy } from '../model/python.js';
import { outputPrefix, specTags } from '../model/spec.js';

const Principals = v.object({ AWS: field.texts, Service: field.texts, Federated: field.text });

const Lifecycle = v.object({
  create_before_destroy: field.flag,
  prevent_destroy: field.flag,
  ignore_changes: field.texts,
});

/** An IAM role, with AWS managed policies, an inline one and one of its own. */
export const awsIamRole = defineProvider({
  provider: 'aws-iam-role',
  graphqlType: 'NamespaceTerraformResourceRole_v1',
  selection:
    'assume_role { AWS Service Federated } assume_condition assume_action inline_policy role_policy policies ' +
    'lifecycle { create_before_destroy prevent_destroy ignore_changes } managed_by_erv2',
  fields: {
    assume_role: Principals,
    assume_condition: field.json,
    assume_action: field.text,
    inline_policy: field.json,
    role_policy: field.json,
    policies: field.texts,
    lifecycle: v.nullish(Lifecycle),
  },

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier: name, own } = spec;
    const tags = specTags(spec);
    const role = context.resource('aws_iam_role', name, {
      name,
      tags,
      assume_role_policy: assumeRolePolicy(own),
      inline_policy: own.inline_policy ? { name, policy: own.inline_policy } : undefined,
      lifecycle: own.lifecycle ? lifecycle(own.lifecycle) : undefined,
    });
    if (own.role_policy) {
      const policy = context.resource('aws_iam_policy', name, {
        ...{ name, tags, policy: own.role_policy },
        depends_on: [role.dependency],
      });
      context.resource('aws_iam_role_policy_attachment', name, {
        role: name,
        policy_arn: policy.ref('arn'),
        depends_on: [role.dependency, policy.dependency],
      });
    }
    for (const policy of own.policies ?? []) {
      context.resource('aws_iam_role_policy_attachment', `${name}-${policy}`, {
        role: name,
        policy_arn: managedPolicyArn(context.account, policy),
        depends_on: [role.dependency],
      });
    }
    context.output(`${outputPrefix(spec)}__role_arn`, role.ref('arn'));
  },
});

/** Who may assume the role, and when; the one policy whose keys the reconcile loop leaves in their order. */
function assumeRolePolicy(own: {
  assume_role: v.InferOutput<typeof Principals>;
  assume_action?: string | null | undefined;
  assume_condition?: string | null | undefined;
}): string {
  const condition = JSON.parse(textOr(own.assume_condition, '{}')) as Json;
  return pythonJson(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Action: `sts:${textOr(own.assume_action, 'AssumeRole')}`,
          Effect: 'Allow',
          Principal: principals(own.assume_role),
          ...(truthy(condition) ? { Condition: condition } : {}),
        },
      ],
    },
    { sortKeys: false },
  );
}

function principals({ AWS, Service, Federated }: v.InferOutput<typeof Principals>): JsonObject {
  const given: JsonObject = {};
  for (const [kind, who] of Object.entries({ AWS, Service, Federated })) {
    if (who !== undefined && who !== null) given[kind] = who;
  }
  return given;
}

function lifecycle({
  create_before_destroy,
  prevent_destroy,
  ignore_changes,
}: v.InferOutput<typeof Lifecycle>): JsonObject {
  const ignored = ignore_changes ?? [];
  return {
    create_before_destroy: create_before_destroy ?? false,
    prevent_destroy: prevent_destroy ?? false,
    ignore_changes: ignored.includes('all') ? 'all' : ignored,
  };
}
