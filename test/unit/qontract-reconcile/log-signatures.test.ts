import { expect, test } from '@jest/globals';

import { explainLog } from '../../../src/qontract-reconcile/log-signatures.js';

/** Ends of logs, and what they mean. */
const LOGS: [string, string][] = [
  [
    "ValueError: Accounts {'acme'} were provided as arguments, but not found in app-interface. Check your input for typos",
    'it does not know the account',
  ],
  [
    "GqlApiError: Could not connect to GraphQL server (HTTPConnectionPool(host='localhost', port=4000))",
    'it could not reach the qontract server',
  ],
  [
    'requests.exceptions.ConnectionError: Max retries exceeded with url: /sha256 (Caused by ConnectTimeoutError())',
    'it could not reach the qontract server',
  ],
  [
    'HTTPError: 404 Client Error: Not Found for url: http://localhost:4000/graphqlsha/0f3a',
    'the server reloaded its data meanwhile',
  ],
  ['permission denied accessing secret app-sre/creds/acme', 'Vault denied it a secret'],
  ['Failed to authenticate to Vault server', 'it could not log in to Vault'],
  ["reconcile.utils.vault.SecretNotFoundError: secret 'creds/none' not found", 'a secret does not exist'],
  ['Exception: key path creds/none not found in config file', 'a secret does not exist'],
  ['No bucket config found for account acme', 'nothing says where the state lies'],
  [
    "Binary version check for binary terraform failed! Expected: ['1.6.6'], found: 1.11.4",
    'it wants another version of terraform or oc than it found',
  ],
  ['could not find ami for commit 5e1f0c9', 'it found no machine image'],
  ['can not print to a git repository', 'it refuses to print inside a git repository'],
  [
    'botocore.exceptions.ClientError: An error occurred (InvalidClientTokenId) when calling GetCallerIdentity',
    'AWS refused its credentials',
  ],
];

test.each(LOGS)('%s', (line, meaning) => {
  const log = `[2024-12-01 00:00:00] [INFO] - starting\nTraceback (most recent call last):\n${line}\n`;
  const { explanation, hint } = explainLog(log);
  expect(explanation).toBe(`: ${meaning}`);
  expect(hint).toMatch(/\S/);
});

test('the nearest cause counts, whatever else the log says', () => {
  const log = 'botocore: AccessDenied\nCould not connect to GraphQL server\n';
  expect(explainLog(log).explanation).toBe(': it could not reach the qontract server');
});

test('an unknown log is not explained', () => {
  expect(explainLog("KeyError: 'orders'\n")).toEqual({ explanation: '', hint: undefined });
});
