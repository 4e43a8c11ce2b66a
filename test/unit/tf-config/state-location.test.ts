import { describe, expect, test } from '@jest/globals';

import type { AwsAccount } from '../../../src/app-interface/accounts.js';
import { stateLocation } from '../../../src/tf-config/state-location.js';

const SECRET = { bucket: 'of-secret', key: 'k', region: 'us-east-2' };

function accountWith(integrations: AwsAccount['terraformState']): AwsAccount {
  return {
    path: '/aws/acme.yml',
    name: 'acme',
    uid: '111122223333',
    resourcesDefaultRegion: 'us-east-1',
    providerVersion: '5.100.0',
    automationToken: { path: 'creds/acme', field: 'all' },
    accountOwners: [],
    terraformState: integrations,
  };
}

function declared(integration: string): AwsAccount {
  const integrations = [{ integration, key: 'declared.tfstate' }];
  return accountWith({ provider: 's3', bucket: 'declared', region: 'us-east-1', integrations });
}

describe('stateLocation', () => {
  test.each(['terraform-resources', 'terraform_resources'])('is what the account declares for %s', (name) => {
    const location = { bucket: 'declared', key: 'declared.tfstate', region: 'us-east-1' };
    expect(stateLocation(declared(name), 'terraform-resources', SECRET)).toEqual(location);
  });

  test.each([
    ['another integration is declared', declared('terraform-users')],
    ['nothing is declared', accountWith(null)],
  ])('is what the secret says where %s', (_, account) => {
    expect(stateLocation(account, 'terraform-resources', SECRET)).toEqual(SECRET);
  });

  test.each([[undefined], [{ ...SECRET, key: '' }], [{ bucket: 'b' }]])(
    'is unknown with the secret %j',
    (secret) => {
      expect(() => stateLocation(accountWith(null), 'terraform-resources', secret)).toThrow(
        'account acme has no state location for terraform-resources: neither its terraformState nor its secret creds/acme',
      );
    },
  );
});
