import { expect, test } from '@jest/globals';
import * as v from 'valibot';

import { fetchClusterManager } from '../../../src/app-interface/cluster-manager.js';
import type { GraphqlClient } from '../../../src/app-interface/graphql-client.js';

const SECRET = { path: 'creds/ocm', field: 'secret', version: null, format: null };
const ENVIRONMENT = {
  url: 'https://ocm.example.com',
  accessTokenClientId: 'shared',
  accessTokenUrl: 'https://login.example.com/token',
  accessTokenClientSecret: SECRET,
};
const OCM = { name: 'ocm-stage', orgId: 'org-1', environment: ENVIRONMENT };
const MANAGER = {
  name: 'ocm-stage',
  organization: 'org-1',
  url: 'https://ocm.example.com',
  tokenUrl: 'https://login.example.com/token',
  clientId: 'shared',
  clientSecret: SECRET,
};

function answering(clusters: unknown): GraphqlClient {
  return {
    sha256: () => Promise.resolve('ab'.repeat(32)),
    query: (_document, _variables, schema) => Promise.resolve(v.parse(schema, { clusters })),
  };
}

const OWN_SECRET = { ...SECRET, path: 'creds/own' };
const OWN = {
  accessTokenClientId: 'own',
  accessTokenUrl: 'https://own.example.com',
  accessTokenClientSecret: OWN_SECRET,
};
const OWN_LOGIN = { clientId: 'own', tokenUrl: 'https://own.example.com', clientSecret: OWN_SECRET };

test.each([
  ['logs in as its environment says', [{ ocm: OCM }], MANAGER],
  ['logs in as the organization says', [{ ocm: { ...OCM, ...OWN } }], { ...MANAGER, ...OWN_LOGIN }],
  ['ignores an empty client id', [{ ocm: { ...OCM, accessTokenClientId: '' } }], MANAGER],
  [
    'is there when another integration is disabled',
    [{ ocm: OCM, disable: { integrations: ['x'] } }],
    MANAGER,
  ],
  ['is none when disabled', [{ ocm: OCM, disable: { integrations: ['terraform-resources'] } }], undefined],
  ['is none when the cluster names none', [{ ocm: null }], undefined],
  ['is none when there is no such cluster', [], undefined],
])('the cluster manager %s', async (_what, clusters, expected) => {
  const client = answering(clusters);
  expect(await fetchClusterManager(client, 'harbor', 'terraform-resources')).toEqual(expected);
});
