import type { JsonObject } from '../../../json.js';
import { pythonJson } from '../../model/python.js';
import { ref, type ResourceTable } from './blocks.js';
import type { Site } from './site.js';

const GATEWAY_MAY_ASSUME: JsonObject = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } },
  ],
};

const MAY_LOG: JsonObject = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogGroups',
        'logs:DescribeLogStreams',
        'logs:PutLogEvents',
        'logs:GetLogEvents',
        'logs:FilterLogEvents',
      ],
      Resource: ['*'],
    },
  ],
};

/** The role by which API gateways of the account write logs: a setting of the whole account. */
export function loggingRole({ identifier }: Site): ResourceTable {
  return {
    aws_iam_role: {
      cloudwatch_assume_role: {
        name: `${identifier}-cloudwatch-role`,
        assume_role_policy: pythonJson(GATEWAY_MAY_ASSUME, { sortKeys: true }),
      },
    },
    aws_iam_policy: {
      cloudwatch: {
        name: `${identifier}-cloudwatch-policy`,
        policy: pythonJson(MAY_LOG, { sortKeys: true }),
      },
    },
    aws_iam_role_policy_attachment: {
      cloudwatch: {
        role: ref('aws_iam_role.cloudwatch_assume_role.id'),
        policy_arn: ref('aws_iam_policy.cloudwatch.arn'),
      },
    },
    aws_api_gateway_account: {
      apigw: { cloudwatch_role_arn: ref('aws_iam_role.cloudwatch_assume_role.arn') },
    },
  };
}
