import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateDBInstanceCommand, CreateDBParameterGroupCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateBucketCommand, PutBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { sdkCredentials } from '../../src/clients/aws/credentials.js';
import { remoteLookup } from '../../src/clients/aws/remote/lookups.js';
import type { RemoteObject, RemotePlace } from '../../src/clients/aws/remote/remote-object.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { accountOf, openExampleSandbox } from './support/sandbox.js';
import { requires } from './support/requires.js';

const describeHere = await requires(['moto_server']);

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }],
});

describeHere('objects behind resources are looked up in AWS', () => {
  let sandbox: Sandbox;
  let place: RemotePlace;
  let config: { endpoint: string; region: string; credentials: ReturnType<typeof sdkCredentials> };

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    process.env['AWS_ENDPOINT_URL'] = sandbox.endpoint;
    const { identities, uid, region } = accountOf(sandbox, 'ferries-stage');
    const credentials = { ...identities.operator.keys, sessionToken: undefined, source: 'the test' };
    place = { region, partition: 'aws', uid, credentials, signal: AbortSignal.timeout(100_000) };
    config = { endpoint: sandbox.endpoint, region, credentials: sdkCredentials(credentials) };
  }, 60_000);
  afterAll(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    await sandbox.close();
  });

  const find = async (type: string, name: string): Promise<RemoteObject | undefined> =>
    remoteLookup(type)?.find(name, place);
  const tags = [{ Key: 'app', Value: 'ferries' }];

  const CASES: readonly [type: string, name: string, make: () => Promise<unknown>, importId: RegExp][] = [
    [
      'aws_iam_user',
      'look-user',
      () => new IAMClient(config).send(new CreateUserCommand({ UserName: 'look-user', Tags: tags })),
      /^look-user$/,
    ],
    [
      'aws_iam_role',
      'look-role',
      () =>
        new IAMClient(config).send(
          new CreateRoleCommand({ RoleName: 'look-role', AssumeRolePolicyDocument: POLICY, Tags: tags }),
        ),
      /^look-role$/,
    ],
    [
      'aws_iam_policy',
      'look-policy',
      () =>
        new IAMClient(config).send(
          new CreatePolicyCommand({ PolicyName: 'look-policy', PolicyDocument: POLICY, Tags: tags }),
        ),
      /^arn:aws:iam::\d{12}:policy\/look-policy$/,
    ],
    [
      'aws_s3_bucket',
      'look-bucket',
      async () => {
        const s3 = new S3Client({ ...config, forcePathStyle: true });
        await s3.send(new CreateBucketCommand({ Bucket: 'look-bucket' }));
        await s3.send(new PutBucketTaggingCommand({ Bucket: 'look-bucket', Tagging: { TagSet: tags } }));
      },
      /^look-bucket$/,
    ],
    [
      'aws_sqs_queue',
      'look-queue',
      () =>
        new SQSClient(config).send(
          new CreateQueueCommand({ QueueName: 'look-queue', tags: { app: 'ferries' } }),
        ),
      /\/\d{12}\/look-queue$/,
    ],
    [
      'aws_sns_topic',
      'look-topic',
      () => new SNSClient(config).send(new CreateTopicCommand({ Name: 'look-topic', Tags: tags })),
      /^arn:aws:sns:[\w-]+:\d{12}:look-topic$/,
    ],
    [
      'aws_dynamodb_table',
      'look-table',
      () =>
        new DynamoDBClient(config).send(
          new CreateTableCommand({
            TableName: 'look-table',
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            BillingMode: 'PAY_PER_REQUEST',
            Tags: tags,
          }),
        ),
      /^look-table$/,
    ],
    [
      'aws_db_instance',
      'look-db',
      () =>
        new RDSClient(config).send(
          new CreateDBInstanceCommand({
            DBInstanceIdentifier: 'look-db',
            Engine: 'postgres',
            DBInstanceClass: 'db.t3.micro',
            AllocatedStorage: 20,
            MasterUsername: 'ferries',
            MasterUserPassword: 'Example-Passw0rd',
            Tags: tags,
          }),
        ),
      /^look-db$/,
    ],
    [
      'aws_db_parameter_group',
      'look-group',
      () =>
        new RDSClient(config).send(
          new CreateDBParameterGroupCommand({
            DBParameterGroupName: 'look-group',
            DBParameterGroupFamily: 'postgres15',
            Description: 'for the test',
            Tags: tags,
          }),
        ),
      /^look-group$/,
    ],
    [
      'aws_secretsmanager_secret',
      'look-secret',
      () =>
        new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: 'look-secret', Tags: tags })),
      /^arn:aws:secretsmanager:.+:secret:look-secret-\w+$/,
    ],
    [
      'aws_cloudwatch_log_group',
      'look-logs',
      async () => {
        const logs = new CloudWatchLogsClient(config);
        await logs.send(new CreateLogGroupCommand({ logGroupName: 'look-logs-of-another' }));
        await logs.send(new CreateLogGroupCommand({ logGroupName: 'look-logs' }));
      },
      /^look-logs$/,
    ],
    [
      'aws_kinesis_stream',
      'look-stream',
      () =>
        new KinesisClient({ ...config, requestHandler: new NodeHttpHandler() }).send(
          new CreateStreamCommand({ StreamName: 'look-stream', ShardCount: 1 }),
        ),
      /^look-stream$/,
    ],
    [
      'aws_ecr_repository',
      'look-images',
      () => new ECRClient(config).send(new CreateRepositoryCommand({ repositoryName: 'look-images' })),
      /^look-images$/,
    ],
    [
      'aws_route53_zone',
      'look.example.com',
      () =>
        new Route53Client(config).send(
          new CreateHostedZoneCommand({ Name: 'look.example.com', CallerReference: 'look' }),
        ),
      /^\w+$/,
    ],
    [
      'aws_kms_alias',
      'alias/look-key',
      async () => {
        const kms = new KMSClient(config);
        const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
        await kms.send(
          new CreateAliasCommand({ AliasName: 'alias/look-key', TargetKeyId: KeyMetadata?.KeyId }),
        );
      },
      /^alias\/look-key$/,
    ],
  ];

  test.each(CASES)('%s %s: absent, then there, with the id to import it by', async (type, name, make, id) => {
    expect(await find(type, name)).toBeUndefined();
    await make();
    expect((await find(type, name))?.importId).toMatch(id);
  });

  test.each(['aws_iam_user', 'aws_iam_role', 'aws_s3_bucket', 'aws_sqs_queue', 'aws_db_instance'])(
    '%s is found with its tags',
    async (type) => {
      const [, name = ''] = CASES.find(([of]) => of === type) ?? [];
      expect((await find(type, name))?.tags).toEqual({ app: 'ferries' });
    },
  );

  test('a certificate is found by its ARN', async () => {
    const command = new RequestCertificateCommand({ DomainName: 'look.example.com' });
    const { CertificateArn = '' } = await new ACMClient(config).send(command);
    expect((await find('aws_acm_certificate', CertificateArn))?.importId).toBe(CertificateArn);
    expect(await find('aws_acm_certificate', `${CertificateArn.slice(0, -2)}00`)).toBeUndefined();
  });

  test('a user that was deleted and made again has another unique id', async () => {
    const iam = new IAMClient(config);
    const before = await find('aws_iam_user', 'look-user');
    await iam.send(new DeleteUserCommand({ UserName: 'look-user' }));
    await iam.send(new CreateUserCommand({ UserName: 'look-user' }));
    const after = await find('aws_iam_user', 'look-user');
    expect(after?.importId).toBe(before?.importId);
    expect(after?.uniqueId).not.toBe(before?.uniqueId);
  });
});
