import { createHash } from 'node:crypto';

import { bigBundleConfs } from './big-bundle-confs.js';

type Json = Record<string, unknown>;

/** How many files there are of each kind; 50,000 datafiles in all. */
const APPS = 1600;
const CLUSTERS = 120;
const ACCOUNTS = 280;
const NAMESPACES = 7000;
const ROLES = 12_000;
const USERS = 14_000;
const SAAS_FILES = 15_000;
const PARAMETER_GROUPS = 2000;

/**
 * A bundle of the size of app-interface's own: 50,000 datafiles, about 58 MB. Made-up data, the same in every run; a query
 * for all namespaces with their external resources answers about 22 MB.
 */
export function bigBundle(): string {
  const document = {
    data: Object.fromEntries([
      ...files(ACCOUNTS, '/aws/account-1.yml', accountPath, account),
      ...files(CLUSTERS, '/openshift/cluster-1.yml', clusterPath, cluster),
      ...files(APPS, '/app-sre/app-1.yml', appPath, app),
      ...files(NAMESPACES, '/openshift/namespace-1.yml', namespacePath, namespace),
      ...files(ROLES, '/access/role-1.yml', rolePath, role),
      ...files(USERS, '/access/user-1.yml', (n) => `/users/user-${n}.yml`, user),
      ...files(SAAS_FILES, '/app-sre/saas-file-2.yml', (n) => `/saas/saas-${n}.yml`, saasFile),
    ]),
    git_commit: checksum('commit').slice(0, 40),
    git_commit_timestamp: '1767225600',
    graphql: { $schema: '/app-interface/graphql-schemas-1.yml', confs: bigBundleConfs },
    resources: Object.fromEntries(times(PARAMETER_GROUPS, (n) => [parametersPath(n), parameters(n)])),
    schemas: {},
  };
  return `${JSON.stringify(document)}\n`;
}

type PathOf = (n: number) => string;

const accountPath: PathOf = (n) => `/aws/account-${n % ACCOUNTS}/account.yml`;
const clusterPath: PathOf = (n) => `/openshift/cluster-${n % CLUSTERS}/cluster.yml`;
const appPath: PathOf = (n) => `/services/app-${n % APPS}/app.yml`;
const namespacePath: PathOf = (n) => `/services/namespaces/namespace-${n % NAMESPACES}.yml`;
const rolePath: PathOf = (n) => `/teams/roles/role-${n % ROLES}.yml`;
const parametersPath: PathOf = (n) => `/terraform/rds/parameters-${n % PARAMETER_GROUPS}.yml`;

function files(count: number, schema: string, path: PathOf, content: (n: number) => Json): [string, Json][] {
  return times(count, (n) => [
    path(n),
    { $schema: schema, $file_sha256sum: checksum(path(n)), ...content(n) },
  ]);
}

function account(n: number): Json {
  return {
    name: `account-${n}`,
    description: text(n, 20),
    uid: String(100_000_000_000 + n),
    resourcesDefaultRegion: 'us-east-1',
    supportedDeploymentRegions: ['us-east-1', 'us-west-2'],
  };
}

function cluster(n: number): Json {
  const name = `cluster-${n}`;
  return {
    name,
    description: text(n, 60),
    serverUrl: `https://api.${name}.example.com:6443`,
    internal: n % 2 === 0,
  };
}

function app(n: number): Json {
  return {
    name: `app-${n}`,
    description: text(n, 60),
    onboardingStatus: 'OnBoarded',
    serviceOwners: times(3, (i) => ({ name: `Owner ${n}-${i}`, email: `owner-${n}-${i}@example.com` })),
  };
}

function namespace(n: number): Json {
  return {
    name: `namespace-${n}`,
    description: text(n, 4),
    labels: { team: `team-${n % 300}`, tier: n % 3, managed: true },
    app: reference(appPath(n)),
    cluster: reference(clusterPath(n)),
    clusterAdmin: n % 50 === 0,
    managedExternalResources: true,
    networkPoliciesAllow: times(3, (i) => reference(namespacePath(n + i + 1))),
    externalResources: times(1 + (n % 2), (i) => ({
      provider: 'aws',
      provisioner: reference(accountPath(n + i)),
      resources: times(6, (j) => externalResource(n, `${i}-${j}`, j % 3)),
    })),
  };
}

function externalResource(n: number, suffix: string, kind: number): Json {
  const common = {
    identifier: `ns-${n}-${suffix}`,
    output_resource_name: `out-${n}-${suffix}`,
    annotations: { team: n % 300 },
  };
  if (kind === 0) {
    const event_notifications = [{ destination: `sns-${n % 90}`, event_categories: ['failover', 'backup'] }];
    const defaults = `/terraform/rds/defaults-${n % 40}.yml`;
    const overrides = { engine: 'postgres', multi_az: n % 2 === 0, backup_retention_period: 7 };
    const sizes = { allocated_storage: 20 + (n % 80), parameter_group: parametersPath(n) };
    return { provider: 'rds', ...common, defaults, overrides, ...sizes, event_notifications };
  }
  if (kind === 1) {
    const queues = times(2, (i) => ({ key: `queue_${i}`, value: `q-${n}-${i}` }));
    return {
      provider: 'sqs',
      ...common,
      kms_encryption: true,
      specs: [{ defaults: '/terraform/sqs/queue.yml', queues }],
    };
  }
  return {
    provider: 's3',
    ...common,
    region: 'us-west-2',
    storage_class: 'STANDARD',
    event_notifications: ['a', 'b'],
  };
}

function role(n: number): Json {
  return {
    name: `role-${n}`,
    access: times(4, (i) => ({
      namespace: reference(namespacePath(n + i)),
      role: 'edit',
      level: i,
      active: true,
    })),
    permissions: times(4, (i) => ({ service: 'github-org', org: `org-${(n + i) % 20}`, team: `t-${i}` })),
  };
}

function user(n: number): Json {
  return {
    name: `User ${n}`,
    org_username: `user-${n}`,
    tags: times(6, (i) => `tag-${(n + i) % 90}`),
    limits: Object.fromEntries(times(8, (i) => [`limit_${i}`, n % (i + 2)])),
    roles: times(6, (i) => reference(rolePath(n * 7 + i))),
  };
}

function saasFile(n: number): Json {
  return {
    name: `saas-${n}`,
    app: reference(appPath(n)),
    targets: times(4, (i) => ({
      namespace: reference(namespacePath(n + i)),
      ref: checksum(`${n}-${i}`).slice(0, 12),
      upstream: { instance: `ci-${n % 4}`, name: `job-${n}` },
      parameters: { REPLICAS: i + 1, LOG_LEVEL: 'info', MEMORY: `${128 * (i + 1)}Mi`, CPU: i, DEBUG: false },
    })),
  };
}

function parameters(n: number): Json {
  const content = times(20, (i) => `- name: parameter_${i}\n  value: "${n + i}"`).join('\n');
  return { path: parametersPath(n), content, $schema: null, sha256sum: checksum(content), backrefs: [] };
}

function reference(path: string): Json {
  return { $ref: path };
}

const WORDS = 'state drift plan apply lock owner shard ledger queue bucket secret tenant region zone'.split(
  ' ',
);

/** That many words, not the same for each number. */
function text(n: number, words: number): string {
  return times(words, (i) => WORDS[(n * 31 + i * 17 + ((n * i) % 5)) % WORDS.length] ?? '').join(' ');
}

function checksum(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

function times<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
