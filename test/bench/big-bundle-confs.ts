/** The GraphQL confs of the generated bundle: one of everything that the real schema has. */

interface Field {
  readonly name: string;
  readonly type: string;
  readonly [flag: string]: unknown;
}

function field(name: string, type: string, flags: object = {}): Field {
  return { name, type, ...flags };
}

const required = { isRequired: true };
const list = { isList: true };
const file = [field('schema', 'string', required), field('path', 'string', required)];
const named = [...file, field('name', 'string', { ...required, isUnique: true, isSearchable: true })];

const resource = [field('provider', 'string', required), field('identifier', 'string', required)];
const awsResource = [
  ...resource,
  field('output_resource_name', 'string'),
  field('annotations', 'json'),
  field('region', 'string'),
];

const queries = Object.entries({
  namespaces_v1: ['Namespace_v1', '/openshift/namespace-1.yml'],
  apps_v1: ['App_v1', '/app-sre/app-1.yml'],
  clusters_v1: ['Cluster_v1', '/openshift/cluster-1.yml'],
  awsaccounts_v1: ['AWSAccount_v1', '/aws/account-1.yml'],
  users_v1: ['User_v1', '/access/user-1.yml'],
  roles_v1: ['Role_v1', '/access/role-1.yml'],
  saas_files_v2: ['SaasFile_v2', '/app-sre/saas-file-2.yml'],
}).map(([name, [type = '', datafileSchema]]) => field(name, type, { ...list, datafileSchema }));

export const bigBundleConfs = [
  {
    name: 'Query',
    fields: [...queries, field('resources_v1', 'Resource_v1', { ...list, isResource: true })],
  },
  {
    name: 'DatafileObject_v1',
    isInterface: true,
    interfaceResolve: { strategy: 'schema' },
    fields: file,
  },
  {
    name: 'Resource_v1',
    fields: [
      ...['path', 'content', 'sha256sum'].map((name) => field(name, 'string', required)),
      field('schema', 'string'),
    ],
  },
  {
    name: 'App_v1',
    datafile: '/app-sre/app-1.yml',
    fields: [
      ...named,
      field('description', 'string'),
      field('onboardingStatus', 'string', required),
      field('namespaces', 'Namespace_v1', {
        ...list,
        synthetic: { schema: '/openshift/namespace-1.yml', subAttr: 'app' },
      }),
    ],
  },
  {
    name: 'Cluster_v1',
    datafile: '/openshift/cluster-1.yml',
    fields: [...named, field('serverUrl', 'string', required), field('internal', 'boolean')],
  },
  {
    name: 'AWSAccount_v1',
    datafile: '/aws/account-1.yml',
    fields: [
      ...named,
      field('uid', 'string', required),
      field('resourcesDefaultRegion', 'string', required),
      field('supportedDeploymentRegions', 'string', list),
    ],
  },
  {
    name: 'User_v1',
    datafile: '/access/user-1.yml',
    fields: [
      ...named,
      field('org_username', 'string', required),
      field('roles', 'Role_v1', list),
      field('tags', 'string', list),
    ],
  },
  {
    name: 'Role_v1',
    datafile: '/access/role-1.yml',
    fields: [
      ...named,
      field('description', 'string'),
      field('users', 'User_v1', { ...list, synthetic: { schema: '/access/user-1.yml', subAttr: 'roles' } }),
    ],
  },
  {
    name: 'SaasFile_v2',
    datafile: '/app-sre/saas-file-2.yml',
    fields: [...named, field('app', 'App_v1', required), field('targets', 'SaasTarget_v2', list)],
  },
  {
    name: 'SaasTarget_v2',
    fields: [field('namespace', 'Namespace_v1'), field('ref', 'string'), field('parameters', 'json')],
  },
  {
    name: 'Namespace_v1',
    datafile: '/openshift/namespace-1.yml',
    fields: [
      ...named,
      field('description', 'string'),
      field('delete', 'boolean'),
      field('labels', 'json'),
      field('clusterAdmin', 'boolean'),
      field('managedExternalResources', 'boolean'),
      field('app', 'App_v1', required),
      field('cluster', 'Cluster_v1', required),
      field('externalResources', 'NamespaceExternalResource_v1', { ...list, isInterface: true }),
    ],
  },
  {
    name: 'NamespaceExternalResource_v1',
    isInterface: true,
    interfaceResolve: {
      strategy: 'fieldMap',
      field: 'provider',
      fieldMap: { aws: 'NamespaceTerraformProviderResourceAWS_v1' },
    },
    fields: [field('provider', 'string', required)],
  },
  {
    name: 'NamespaceTerraformProviderResourceAWS_v1',
    interface: 'NamespaceExternalResource_v1',
    fields: [
      field('provider', 'string', required),
      field('provisioner', 'AWSAccount_v1', required),
      field('resources', 'NamespaceTerraformResourceAWS_v1', { ...list, ...required, isInterface: true }),
    ],
  },
  {
    name: 'NamespaceTerraformResourceAWS_v1',
    isInterface: true,
    interfaceResolve: {
      strategy: 'fieldMap',
      field: 'provider',
      fieldMap: {
        rds: 'NamespaceTerraformResourceRDS_v1',
        s3: 'NamespaceTerraformResourceS3_v1',
        sqs: 'NamespaceTerraformResourceSQS_v1',
      },
    },
    fields: resource,
  },
  {
    name: 'NamespaceTerraformResourceRDS_v1',
    interface: 'NamespaceTerraformResourceAWS_v1',
    fields: [
      ...awsResource,
      field('defaults', 'string', { ...required, isResource: true }),
      field('parameter_group', 'string', { isResource: true, resolveResource: true }),
      field('overrides', 'json'),
      field('allocated_storage', 'int'),
      field('event_notifications', 'RDSEvent_v1', list),
    ],
  },
  {
    name: 'RDSEvent_v1',
    fields: [field('destination', 'string', required), field('event_categories', 'string', list)],
  },
  {
    name: 'NamespaceTerraformResourceS3_v1',
    interface: 'NamespaceTerraformResourceAWS_v1',
    fields: [
      ...awsResource,
      field('bucket_policy', 'json'),
      field('storage_class', 'string'),
      field('event_notifications', 'string', list),
    ],
  },
  {
    name: 'NamespaceTerraformResourceSQS_v1',
    interface: 'NamespaceTerraformResourceAWS_v1',
    fields: [...awsResource, field('kms_encryption', 'boolean'), field('specs', 'SQSSpecs_v1', list)],
  },
  {
    name: 'SQSSpecs_v1',
    fields: [field('defaults', 'string', required), field('queues', 'json', list)],
  },
];
