import { describe, expect, test } from '@jest/globals';

import type { ClusterManager } from '../../../src/app-interface/cluster-manager.js';
import type { RoleGrant } from '../../../src/clients/ocm.js';
import { grantedRole, grantLookup, type GrantLookup } from '../../../src/outside/cluster-roles.js';
import { serviceAddresses } from '../../../src/outside/service-addresses.js';

const NEED = { kind: 'granted-role', cluster: 'harbor', user: 'orders' } as const;
const MANAGER: ClusterManager = {
  name: 'ocm-stage',
  organization: 'org-1',
  url: 'http://127.0.0.1:1',
  tokenUrl: 'http://127.0.0.1:1/token',
  clientId: 'reader',
  clientSecret: { path: 'creds/ocm', field: 'secret' },
};

function grant(user: string, role: string | undefined, state = 'ready'): RoleGrant {
  const userArn = `arn:aws:iam::123456789012:user/${user}`;
  return { userArn, level: 'read-only', state, roleArn: role };
}

describe('the role granted to a user', () => {
  test.each([
    ['is the one of the grant', [grant('other', 'role/a'), grant('orders', 'role/b')], 'role/b'],
    ['is the last of several', [grant('orders', 'role/a'), grant('orders', 'role/b')], 'role/b'],
    ['is none when the grant failed', [grant('orders', 'role/a', 'failed')], null],
    ['is none before there is a role', [grant('orders', undefined, 'pending')], null],
    ['is none without a grant', [grant('other', 'role/a')], null],
  ])('%s', async (_what, grants, value) => {
    const lookup: GrantLookup = () => Promise.resolve(grants);
    expect(await grantedRole(NEED, lookup)).toEqual({ known: true, value });
  });
});

describe('a cluster without a cluster manager', () => {
  const lookup = grantLookup({ manager: () => Promise.resolve(undefined), secrets: undefined, fetch });
  const error = {
    code: 'ClusterManagerMissing',
    message: 'no OpenShift Cluster Manager to ask for access to cluster harbor',
  };

  test('is an error of the data for a role', async () => {
    expect(await grantedRole(NEED, lookup)).toMatchObject({ known: false, error });
  });

  test('is an error of the data for addresses, before AWS is asked', async () => {
    const need = {
      kind: 'service-addresses',
      cluster: 'harbor',
      region: 'us-east-1',
      service: 'web/router',
    } as const;
    const sources = {
      grants: lookup,
      credentials: () => Promise.reject(new Error('asked')),
      signal: AbortSignal.timeout(10_000),
    };
    const account = {
      ...{ name: 'acme', uid: '123456789012', partition: 'aws', resourcesDefaultRegion: 'us-east-1' },
      ...{ supportedDeploymentRegions: null, providerVersion: '5.0.0', terraformUsername: 'terraform' },
    };
    expect(await serviceAddresses(need, account, sources)).toMatchObject({ known: false, error });
  });
});

test('without a secret store the cluster manager is named that cannot be asked', async () => {
  const lookup = grantLookup({ manager: () => Promise.resolve(MANAGER), secrets: undefined, fetch });
  await expect(lookup('harbor')).rejects.toThrow('no secret store to read the login of OCM ocm-stage from');
});

test('each cluster is looked up once', async () => {
  let count = 0;
  const manager = (): Promise<undefined> => {
    count += 1;
    return Promise.resolve(undefined);
  };
  const lookup = grantLookup({ manager, secrets: undefined, fetch });
  await Promise.all([lookup('harbor'), lookup('harbor'), lookup('lagoon')]);
  expect(count).toBe(2);
});
