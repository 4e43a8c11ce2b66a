import { beforeAll, describe, expect, test } from '@jest/globals';

import { parseBundle } from '../../../src/qontract-server/bundle/parse.js';
import { createEngine, type GraphqlEngine } from '../../../src/qontract-server/graphql/engine.js';
import { exampleBundleBytes } from '../../support/example.js';

let engine: GraphqlEngine;

beforeAll(async () => {
  engine = createEngine(parseBundle(await exampleBundleBytes(), 'example'));
});

/** Status and body, with the scalars of type JSON still text, as the server gives them. */
function ask(query: string): { status: number; body: { data?: unknown; errors?: unknown } } {
  const { status, body } = engine.execute({ query });
  return { status, body: JSON.parse([...body].join('')) as { data?: unknown; errors?: unknown } };
}

/** What the clients of app-interface select of each provider's type (app-interface-aws §2.1). */
const FIELDS: Readonly<Record<string, string>> = {
  RDS_v1:
    'region defaults availability_zone parameter_group old_parameter_group overrides output_resource_db_name ' +
    'reset_password enhanced_monitoring replica_source ca_cert{path} data_classification{loss_impact} ' +
    'event_notifications{destination source_type event_categories} managed_by_erv2',
  RDSProxy_v1: 'region defaults overrides managed_by_erv2',
  S3_v1:
    'region defaults overrides event_notifications{event_type destination destination_type filter_prefix ' +
    'filter_suffix} sqs_identifier s3_events bucket_policy storage_class',
  ElastiCache_v1: 'region defaults parameter_group overrides managed_by_erv2',
  ServiceAccount_v1:
    'variables policies user_policy aws_infrastructure_access{cluster{name} access_level assume_role}',
  SecretsManagerServiceAccount_v1: 'secrets_prefix',
  Role_v1:
    'assume_role{AWS Service Federated} assume_condition assume_action policies inline_policy role_policy ' +
    'lifecycle{create_before_destroy prevent_destroy ignore_changes} max_session_duration managed_by_erv2',
  SQS_v1: 'region specs{defaults queues{key value}}',
  SNSTopic_v1: 'region defaults fifo_topic inline_policy subscriptions{protocol endpoint}',
  DynamoDB_v1: 'region specs{defaults tables{key value}}',
  ECR_v1: 'region public',
  S3CloudFront_v1: 'region defaults storage_class bucket_policy',
  S3SQS_v1: 'region defaults kms_encryption storage_class',
  S3CloudFrontPublicKey_v1: 'region secret{path field version format}',
  CloudWatch_v1: 'region defaults es_identifier filter_pattern managed_by_erv2',
  KMS_v1: 'region defaults overrides managed_by_erv2',
  ElasticSearch_v1: 'region defaults publish_log_types',
  ACM_v1: 'region secret{path} domain{domain_name alternate_names}',
  Kinesis_v1: 'region defaults es_identifier policy',
  Route53Zone_v1:
    'region name records{name type ttl alias{name zone_id evaluate_target_health} weighted_routing_policy{weight} ' +
    'geolocation_routing_policy{continent country subdivision} set_identifier records}',
  ALB_v1:
    'region vpc{vpc_id cidr_block subnets{id}} certificate_arn ingress_cidr_blocks idle_timeout enable_http2 ' +
    'ip_address_type access_logs ssl_policy mutual_authentication{mode} targets{name default ips openshift_service ' +
    'protocol protocol_version health_check{path port}} rules{condition{type} action{type}}',
  SecretsManager_v1: 'region secret{path} secret_format',
  ASG_v1:
    'region defaults cloudinit_configs{filename content_type content} variables overrides extra_tags image{provider ' +
    '... on ASGImageGit_v1{tag_name url ref upstream{instance{name token{path}} name}} ' +
    '... on ASGImageStatic_v1{tag_name value}}',
  RosaAuthenticator_V1:
    'region api_proxy_uri cognito_callback_bucket_name certificate_arn domain_name vpc_id subnet_ids vpce_id ' +
    'network_interface_ids openshift_ingress_load_balancer_arn insights_callback_urls defaults',
  RosaAuthenticatorVPCE_V1: 'region vpc_id subnet_ids defaults',
  Msk_v1: 'region defaults users{name secret{path}} managed_by_erv2',
  MskConnect_v1: 'defaults msk_cluster service_execution_role managed_by_erv2',
  VpcEndpointService_v1: 'managed_by_erv2',
  VpcEndpoint_v1: 'managed_by_erv2',
};

describe('the GraphQL schema of the example', () => {
  test.each(Object.entries(FIELDS))('lets clients select what they want of %s', (type, fields) => {
    const common =
      'identifier output_resource_name annotations tags output_format{provider ' +
      '... on NamespaceTerraformResourceGenericSecretOutputFormat_v1{data}}';
    const { status, body } = ask(`{ namespaces_v1 { externalResources { provider provisioner { name }
      ... on NamespaceTerraformProviderResourceAWS_v1 {
        resources { provider ... on NamespaceTerraformResource${type} { ${common} ${fields} } } } } } }`);
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
  });

  test('finds an account by its id, and its namespaces by the reference back', () => {
    expect(ask('{ awsaccounts_v1(uid: "123456789012") { name namespaces { name } } }').body.data).toEqual({
      awsaccounts_v1: [
        {
          name: 'ferries-stage',
          namespaces: [{ name: 'booking-stage' }, { name: 'platform-toolbox' }, { name: 'timetable-stage' }],
        },
      ],
    });
  });

  test('leads from an app to the people to call, and on to the next ones', () => {
    const query = `{ apps_v1(name: "booking") { escalationPolicy { channels {
      email jiraLabels
      slackUserGroup { handle channels workspace { name } }
      pagerduty { scheduleID escalationPolicyID instance { name } }
      jiraBoard { name issueType server { serverUrl } }
      nextEscalationPolicy { name } } } } }`;
    expect(ask(query).body.data).toEqual({
      apps_v1: [
        {
          escalationPolicy: {
            channels: {
              email: ['booking@ferries.example'],
              jiraLabels: ['app-interface'],
              slackUserGroup: [
                {
                  handle: 'booking-team',
                  channels: ['booking-oncall'],
                  workspace: { name: 'example-ferries' },
                },
              ],
              pagerduty: {
                scheduleID: 'PSCHED1',
                escalationPolicyID: null,
                instance: { name: 'pagerduty-ferries' },
              },
              jiraBoard: [
                { name: 'BOOK', issueType: 'Task', server: { serverUrl: 'https://jira.ferries.example' } },
              ],
              nextEscalationPolicy: { name: 'platform-escalation' },
            },
          },
        },
      ],
    });
  });

  test('knows the people of both sides of a review by their AWS names', () => {
    const { data } = ask('{ users_v1 { org_username aws_username public_gpg_key roles { name users { name } } } }').body;
    expect(data).toMatchObject({
      users_v1: [
        { org_username: 'sasha', aws_username: 'reviewer', roles: [{ name: 'booking-team' }] },
        { org_username: 'robin', aws_username: 'operator', roles: [{ users: [{ name: 'Robin Example' }] }] },
        { org_username: 'kim', aws_username: 'kim', public_gpg_key: expect.stringMatching(/^mDME/) },
      ],
    });
  });

  test('lists the integrations with how a merge request runs them', () => {
    const { data } = ask(`{ integrations_v1 { name pr_check { cmd disabled always_run run_order }
      managed { namespace { name } sharding { strategy
        ... on AWSAccountSharding_v1 { shardSpecOverrides { shard { name } } } } } } }`).body;
    expect(data).toMatchObject({
      integrations_v1: expect.arrayContaining([
        expect.objectContaining({
          name: 'terraform-resources',
          managed: [
            {
              namespace: { name: 'platform-toolbox' },
              sharding: {
                strategy: 'per-aws-account',
                shardSpecOverrides: [{ shard: { name: 'ferries-prod' } }],
              },
            },
          ],
        }),
        expect.objectContaining({
          name: 'jenkins-job-builder',
          pr_check: { cmd: 'jenkins-job-builder', disabled: true, always_run: null, run_order: null },
        }),
      ]),
    });
  });
});
