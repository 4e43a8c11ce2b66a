import { describe, expect, test } from '@jest/globals';

import { Secret } from '../../../../src/secret.js';
import { dirEnvironment } from '../../../../src/terraform/dir/dir-environment.js';

describe('the environment of terraform in a folder of the user’s own', () => {
  test('is the caller’s, for any provider, and for the variables of the configuration', () => {
    const env = {
      PATH: '/bin',
      GOOGLE_PROJECT: 'acme',
      TF_VAR_size: '3',
      TF_WORKSPACE: 'blue',
      KUBECONFIG: 'k',
    };
    expect(dirEnvironment(env)).toEqual(env);
  });

  test('is without what changes how terraform runs, and what is ours', () => {
    const names = ['TF_LOG', 'TF_CLI_ARGS_plan', 'TF_DATA_DIR', 'TF_CLI_CONFIG_FILE', 'TF_PLUGIN_CACHE_DIR'];
    const ours = ['TFREPAIR_CONFIG', 'QONTRACT_CONFIG', 'NODE_OPTIONS', 'CHECKPOINT_DISABLE'];
    expect(dirEnvironment(Object.fromEntries([...names, ...ours].map((name) => [name, 'x'])))).toEqual({});
    expect(dirEnvironment({ HOME: undefined })).toEqual({});
  });

  test('has the profile that the user names, and no keys that would be taken before it', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'x' };
    expect(dirEnvironment({ ...keys, AWS_PROFILE: 'other', LANG: 'C' }, 'acme')).toEqual({
      AWS_PROFILE: 'acme',
      LANG: 'C',
    });
  });

  test.each([
    ['AWS_SECRET_ACCESS_KEY', true],
    ['TF_VAR_db_password', true],
    ['TF_TOKEN_app_terraform_io', true],
    ['AWS_SHARED_CREDENTIALS_FILE', false],
    ['SSH_AUTH_SOCK', false],
    ['AWS_REGION', false],
  ])('keeps %s secret: %p', (name, isSecret) => {
    expect(dirEnvironment({ [name]: 'value' })[name] instanceof Secret).toBe(isSecret);
  });
});
