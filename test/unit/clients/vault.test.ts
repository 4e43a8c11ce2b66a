import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { VaultClient, type VaultAuth } from '../../../src/clients/vault.js';
import { Secret } from '../../../src/secret.js';
import type { TestServer } from '../../support/http-server.js';
import { startVault } from '../../support/vault-server.js';

const TOKEN: VaultAuth = { kind: 'token', token: new Secret('root') };

describe('VaultClient', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startVault({
      token: 'root',
      approle: { role_id: 'r', secret_id: 's' },
      version1: { old: { 'a b/c': { user: 'ann' } } },
      version2: { kv: { 'x/y': [{ n: 'one' }, { n: 'two' }] } },
    });
  });
  afterEach(() => server.close());

  const read = async (
    path: string,
    version?: number,
    auth: VaultAuth = TOKEN,
  ): Promise<object | undefined> => {
    const fields = await new VaultClient({ server: server.origin, auth, fetch }).read(path, version);
    return fields && Object.fromEntries([...fields].map(([name, value]) => [name, value.reveal()]));
  };

  test.each([
    ['old/a b/c', undefined, { user: 'ann' }],
    ['old/a b/c', 7, { user: 'ann' }],
    ['kv/x/y', undefined, { n: 'two' }],
    ['kv/x/y', 1, { n: 'one' }],
    ['kv/x/y', 3, undefined],
    ['kv/none', undefined, undefined],
    ['old/none', undefined, undefined],
  ])('reads %s, version %s', async (path, version, fields) => {
    expect(await read(path, version)).toEqual(fields);
  });

  test('logs in once, and asks for the version of an engine once', async () => {
    const auth: VaultAuth = { kind: 'approle', roleId: new Secret('r'), secretId: new Secret('s') };
    const vault = new VaultClient({ server: server.origin, auth, fetch });
    await vault.read('kv/x/y');
    await vault.read('kv/x/y', 1);
    expect(server.requests).toEqual([
      'POST /v1/auth/approle/login',
      'GET /v1/kv/config',
      'GET /v1/kv/data/x/y',
      'GET /v1/kv/data/x/y?version=1',
    ]);
  });

  test('a refused login and a refused secret are told apart, without the secret', async () => {
    const wrong: VaultAuth = { kind: 'approle', roleId: new Secret('r'), secretId: new Secret('wrong-one') };
    await expect(read('kv/x/y', undefined, wrong)).rejects.toMatchObject({
      code: 'VaultLogin',
      message: 'vault refused the approle login with status 400',
    });
    const token: VaultAuth = { kind: 'token', token: new Secret('wrong-one') };
    await expect(read('kv/x/y', undefined, token)).rejects.toMatchObject({
      code: 'VaultDenied',
      message: 'vault did not give the secret kv/x/y: permission denied',
    });
  });
});
