import * as v from 'valibot';

import { FailedError } from '../../errors.js';
import { managedPolicyArn } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import { iamUserPolicy, iamUserWithKey } from '../model/iam-user.js';
import type { Need } from '../model/need.js';
import type { RenderContext } from '../model/provider.js';
import { outputPrefix, specTags, type Spec } from '../model/spec.js';
import { parsedJson } from '../model/values.js';

const InfrastructureAccess = v.object({
  cluster: v.nullish(v.object({ name: v.string() })),
  assume_role: field.text,
});

type InfrastructureAccess = v.InferOutput<typeof InfrastructureAccess>;

/** An IAM user with an access key, AWS managed policies and one of its own. */
export const awsIamServiceAccount = defineProvider({
  provider: 'aws-iam-service-account',
  graphqlType: 'NamespaceTerraformResourceServiceAccount_v1',
  selection:
    'variables policies user_policy aws_infrastructure_access { cluster { name } access_level assume_role }',
  fields: {
    variables: field.json,
    policies: field.texts,
    user_policy: field.json,
    aws_infrastructure_access: v.nullish(InfrastructureAccess),
  },
  needs: (spec) => {
    const need = grantedRole(spec, spec.own.aws_infrastructure_access);
    return need === undefined ? [] : [need];
  },

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier, own } = spec;
    const prefix = outputPrefix(spec);
    const user = iamUserWithKey(context, { name: identifier, tags: specTags(spec), outputPrefix: prefix });
    for (const policy of own.policies ?? []) {
      context.resource('aws_iam_user_policy_attachment', `${identifier}-${policy}`, {
        user: identifier,
        policy_arn: managedPolicyArn(context.account, policy),
        depends_on: [user.dependency],
      });
    }
    if (own.user_policy) {
      const variables = policyVariables(own.variables);
      iamUserPolicy(context, user, identifier, withVariables(own.user_policy, variables));
      for (const [name, value] of variables) context.output(`${prefix}__${name}`, value);
    }
    const role = roleArn(spec, own.aws_infrastructure_access, context);
    if (role !== null) context.output(`${prefix}__role_arn`, role);
  },
});

/** The variables of `user_policy`, in their order. They become outputs too, but only where there is such a policy. */
function policyVariables(text: string | null | undefined): [string, string][] {
  if (text === undefined || text === null || text === '') return [];
  const variables = parsedJson(text);
  if (variables === undefined) throw new FailedError('SpecInvalid', 'variables: expected an object');
  return Object.entries(variables).map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    throw new FailedError('SpecInvalid', `variables.${name}: expected text, not ${JSON.stringify(value)}`);
  });
}

function withVariables(policy: string, variables: readonly [string, string][]): string {
  return variables.reduce((text, [name, value]) => text.replaceAll(`\${${name}}`, () => value), policy);
}

/** The role in a cluster's account that the user may assume; null when there is none (yet). */
function roleArn(
  spec: Spec,
  access: InfrastructureAccess | null | undefined,
  context: RenderContext,
): string | null {
  if (access?.assume_role) return access.assume_role;
  const need = grantedRole(spec, access);
  if (need === undefined) return null;
  const answer = context.answer(need);
  if (answer.known && answer.value === null) return null;
  return context.fromOutside(need, 'role_arn', { existing: context.existing('role_arn') });
}

function grantedRole(spec: Spec, access: InfrastructureAccess | null | undefined): Need | undefined {
  if (access === undefined || access === null || access.assume_role) return undefined;
  const cluster = access.cluster?.name;
  if (cluster !== undefined) return { kind: 'granted-role', cluster, user: spec.identifier };
  throw new FailedError(
    'SpecInvalid',
    'aws_infrastructure_access: names neither an assume_role nor a cluster to get the role from',
  );
}
