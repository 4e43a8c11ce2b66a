import type { JsonObject } from '../../../json.js';
import { expectText } from '../../model/expect.js';
import { lambdaZip } from '../../model/lambda-zip.js';
import type { Need } from '../../model/need.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonJson } from '../../model/python.js';
import { ref, type ResourceTable } from './blocks.js';
import type { Site } from './site.js';

const RELEASE = 'repos/app-sre/cognito-pre-signup-trigger/releases/latest';

const GOV_REGIONS: ReadonlySet<string> = new Set(['us-gov-west-1', 'us-gov-east-1']);

const LAMBDA_MAY_ASSUME: JsonObject = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};

/** The lambda's code: a GitHub release. */
export function lambdaNeed({ release_url: release = RELEASE }: JsonObject): Extract<Need, { kind: 'zip' }> {
  return { kind: 'zip', release: expectText(release, 'release_url'), folder: 'rosa-authenticator' };
}

/** The lambda that the user pool asks before somebody signs up. */
export function preSignupLambda(site: Site, context: RenderContext): ResourceTable {
  const { identifier } = site;
  const name = `ocm-${identifier}-cognito-pre-signup`;
  // By region, not by the account's partition.
  const partition = GOV_REGIONS.has(site.region) ? 'aws-us-gov' : 'aws';
  return {
    aws_iam_role: {
      lambda_role: {
        name: `ocm-${identifier}-cognito-lambda-role`,
        assume_role_policy: pythonJson(LAMBDA_MAY_ASSUME, { sortKeys: false }),
        managed_policy_arns: [`arn:${partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`],
        force_detach_policies: false,
        max_session_duration: 3600,
        path: '/service-role/',
      },
    },
    aws_lambda_function: {
      cognito_pre_signup: {
        function_name: name,
        runtime: 'nodejs14.x',
        role: ref('aws_iam_role.lambda_role.arn'),
        handler: 'index.handler',
        ...lambdaZip(context, lambdaNeed(site.values), 'lambda_zip'),
        tracing_config: { mode: 'PassThrough' },
      },
    },
    aws_lambda_permission: {
      cognito_pre_signup_permission: {
        action: 'lambda:InvokeFunction',
        function_name: name,
        source_arn: ref('aws_cognito_user_pool.pool.arn'),
        principal: 'cognito-idp.amazonaws.com',
      },
    },
  };
}
