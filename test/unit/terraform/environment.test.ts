import { expect, test } from '@jest/globals';

import { Secret } from '../../../src/secret.js';
import { terraformEnvironment } from '../../../src/terraform/environment.js';

const QUIET = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0', GOGC: '200' };

test('what terraform needs is inherited', () => {
  const caller = {
    PATH: '/bin',
    HOME: '/h',
    HTTPS_PROXY: 'http://p',
    SSL_CERT_FILE: '/c',
    AWS_ENDPOINT_URL: 'http://e',
  };
  expect(terraformEnvironment({ ...caller, TF_TOKEN_registry_example_com: 't' }, {})).toEqual({
    ...{ ...caller, ...QUIET, TF_TOKEN_registry_example_com: 't' },
  });
});

test.each([
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_ROLE_ARN'],
  ...['TF_LOG', 'TF_LOG_PATH', 'TF_CLI_ARGS', 'TF_CLI_ARGS_plan', 'TF_WORKSPACE', 'TF_DATA_DIR', 'TF_VAR_x'],
  ...['TF_CLI_CONFIG_FILE', 'VAULT_TOKEN', 'NODE_OPTIONS'],
])('%s is not', (name) => {
  expect(terraformEnvironment({ [name]: 'x' }, {})).toEqual(QUIET);
});

test('what a root brings wins, its secrets in plain text', () => {
  const own = { AWS_ACCESS_KEY_ID: new Secret('key'), TF_VAR_x: 'value', PATH: '/own' };
  expect(terraformEnvironment({ PATH: '/bin' }, own)).toEqual({
    ...{ ...QUIET, AWS_ACCESS_KEY_ID: 'key', TF_VAR_x: 'value', PATH: '/own' },
  });
});

test.each(['GOGC', 'GOMEMLIMIT'])("the caller's %s wins over ours", (name) => {
  expect(terraformEnvironment({ [name]: '50' }, {})).toEqual({ ...QUIET, [name]: '50' });
});
