import { dbInstance, dbParameterGroup, dynamodbTable, replicationGroup } from './databases.js';
import { iamPolicy, iamRole, iamUser } from './iam.js';
import { certificate, kmsAlias, kmsKey, secretsManagerSecret } from './keys-and-secrets.js';
import { snsTopic, sqsQueue } from './messaging.js';
import type { RemoteLookup } from './remote-object.js';
import { s3Bucket } from './s3.js';
import { ecrRepository, kinesisStream, logGroup, route53Zone } from './streams-and-stores.js';

const LOOKUPS: Readonly<Record<string, RemoteLookup>> = {
  aws_acm_certificate: certificate,
  aws_cloudwatch_log_group: logGroup,
  aws_db_instance: dbInstance,
  aws_db_parameter_group: dbParameterGroup,
  aws_dynamodb_table: dynamodbTable,
  aws_ecr_repository: ecrRepository,
  aws_elasticache_replication_group: replicationGroup,
  aws_iam_policy: iamPolicy,
  aws_iam_role: iamRole,
  aws_iam_user: iamUser,
  aws_kinesis_stream: kinesisStream,
  aws_kms_alias: kmsAlias,
  aws_kms_key: kmsKey,
  aws_route53_zone: route53Zone,
  aws_s3_bucket: s3Bucket,
  aws_secretsmanager_secret: secretsManagerSecret,
  aws_sns_topic: snsTopic,
  aws_sqs_queue: sqsQueue,
};

/** How objects of a resource type are looked up in AWS; undefined for types that are not looked up. */
export function remoteLookup(type: string): RemoteLookup | undefined {
  return Object.hasOwn(LOOKUPS, type) ? LOOKUPS[type] : undefined;
}
