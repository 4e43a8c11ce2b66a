import type { Json, JsonObject } from '../../../json.js';
import { expectList, expectObject, expectText } from '../../model/expect.js';
import type { BlockHandle } from '../../model/document.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonJson, truthy } from '../../model/python.js';
import { bucketReference, warnOfUnknownBucket } from './bucket-reference.js';

/** One of the `replication_configurations` of a bucket. */
interface Configuration {
  readonly rule: string;
  readonly destination: string;
  readonly status: string;
  readonly storageClass: string;
}

const ASSUME_ROLE_POLICY = pythonJson(
  {
    Version: '2012-10-17',
    Statement: [
      { Action: 'sts:AssumeRole', Principal: { Service: 's3.amazonaws.com' }, Effect: 'Allow', Sid: '' },
    ],
  },
  { sortKeys: true },
);

/** The bucket's arguments for its replication; each configuration has an IAM role of its own. */
export function replication(
  bucket: string,
  values: JsonObject,
  context: RenderContext,
): { replication_configuration?: JsonObject[]; depends_on?: string[] } {
  if (!truthy(values['replication_configurations'])) return {};
  const what = 'replication_configurations';
  const configurations = expectList(values[what], what).map((item, index) =>
    configuration(item, `${what}[${index}]`),
  );
  if (configurations.length > 1) {
    context.warn(`terraform takes one replication_configuration of a bucket, not ${configurations.length}`);
  }
  const rendered = configurations.map((wanted) => {
    warnOfUnknownBucket(wanted.destination, `replication ${wanted.rule}`, context);
    const role = replicationRole(bucket, wanted, context);
    return { role, argument: { role: role.ref('arn'), rules: rules(wanted) } };
  });
  return {
    replication_configuration: rendered.map(({ argument }) => argument),
    depends_on: rendered.map(({ role }) => role.dependency),
  };
}

function configuration(item: Json, what: string): Configuration {
  const values = expectObject(item, what);
  const text = (key: string): string => expectText(values[key], `${what}.${key}`);
  return {
    rule: text('rule_name'),
    destination: text('destination_bucket_identifier'),
    status: text('status'),
    storageClass: truthy(values['storage_class']) ? text('storage_class') : 'standard',
  };
}

function rules({ rule, destination, status, storageClass }: Configuration): JsonObject {
  return {
    id: rule,
    status: status.slice(0, 1).toUpperCase() + status.slice(1).toLowerCase(),
    destination: {
      bucket: bucketReference(destination, 'arn'),
      storage_class: storageClass.toUpperCase(),
    },
  };
}

/** The role that S3 replicates as, its policy, and the attachment of both. */
function replicationRole(
  bucket: string,
  { rule, destination }: Configuration,
  context: RenderContext,
): BlockHandle {
  const name = `${bucket}_${rule}`;
  const role = context.resource('aws_iam_role', name, {
    name: `${rule}_iam_role`,
    assume_role_policy: ASSUME_ROLE_POLICY,
  });
  const policy = context.resource('aws_iam_policy', name, {
    name: `${rule}_iam_policy`,
    policy: pythonJson(replicationPolicy(bucket, destination), { sortKeys: true }),
  });
  context.resource('aws_iam_role_policy_attachment', name, {
    role: role.ref('name'),
    policy_arn: policy.ref('arn'),
    depends_on: [role.dependency, policy.dependency],
  });
  return role;
}

function replicationPolicy(from: string, to: string): JsonObject {
  const source = bucketReference(from, 'arn');
  const destination = bucketReference(to, 'arn');
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
        Resource: [source, destination],
      },
      {
        Effect: 'Allow',
        Action: ['s3:GetObjectVersion', 's3:GetObjectVersionAcl'],
        Resource: [`${source}/*`],
      },
      {
        Effect: 'Allow',
        Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
        Resource: `${destination}/*`,
      },
    ],
  };
}
