import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { VaultClient } from '../../../src/clients/vault.js';
import { parseConfig } from '../../../src/config/load.js';
import { configFileReader, vaultReader, type SecretReader } from '../../../src/credentials/secret-reader.js';
import { secretStore, vaultAuth } from '../../../src/credentials/secret-store.js';
import { Secret } from '../../../src/secret.js';
import type { TestServer } from '../../support/http-server.js';
import { startVault } from '../../support/vault-server.js';

const BASE64 = Buffer.from('plain text').toString('base64');
const FILE = `[creds.orders]\nuser = "ann"\ncert = "${BASE64}"\n`;

function inFile(): SecretReader {
  return configFileReader(parseConfig(FILE, 'config.toml').secrets, 'config.toml');
}

describe('secrets of the configuration file', () => {
  test.each([
    ['as they are', 'user', null, 'ann'],
    ['in base64, which is not decoded: there secrets are plain', 'cert', 'base64', BASE64],
  ])('%s', async (_what, field, format, value) => {
    const found = await inFile().read({ path: 'creds/orders', field, format });
    expect(found.reveal()).toBe(value);
  });

  test.each([
    ['creds/none', 'user', 'the secret creds/none is not in config.toml'],
    ['creds/orders', 'none', 'the secret creds/orders has no field none'],
    ['creds', 'orders', 'the secret creds is not in config.toml'],
  ])('%s, field %s, is missing', async (path, field, message) => {
    await expect(inFile().read({ path, field })).rejects.toMatchObject({ code: 'SecretNotFound', message });
  });

  test('are missing when there is no file', async () => {
    const reader = configFileReader(parseConfig('', 'config.toml').secrets, undefined);
    await expect(reader.readAll({ path: 'creds/orders', field: 'user' })).rejects.toThrow(
      'the secret creds/orders is not in the configuration file (none was given)',
    );
  });
});

describe('secrets of Vault', () => {
  let server: TestServer;
  let reader: SecretReader;

  beforeEach(async () => {
    server = await startVault({
      token: 'root',
      version2: { kv: { orders: [{ user: 'ann', cert: BASE64 }] } },
    });
    const auth = { kind: 'token', token: new Secret('root') } as const;
    reader = vaultReader(new VaultClient({ server: server.origin, auth, fetch }));
  });
  afterEach(() => server.close());

  test.each([
    ['as they are', 'user', undefined, 'ann'],
    ['decoded, when app-interface says base64', 'cert', 'base64', 'plain text'],
    ['as they are, when it does not', 'cert', undefined, BASE64],
  ])('%s', async (_what, field, format, value) => {
    expect((await reader.read({ path: 'kv/orders', field, format, version: 1 })).reveal()).toBe(value);
  });

  test.each([
    ['kv/none', undefined, 'the secret kv/none is not in vault'],
    ['kv/orders', 2, 'the secret kv/orders, version 2, is not in vault'],
  ])('%s, version %s, is missing', async (path, version, message) => {
    const failure = reader.read({ path, field: 'user', version });
    await expect(failure).rejects.toMatchObject({ code: 'SecretNotFound', message });
  });
});

describe('the login to Vault', () => {
  const APPROLE = 'role_id = "r"\nsecret_id = "s"\n';
  const KUBERNETES = 'kube_auth_role = "reader"\nkube_auth_mount = "east"\n';

  test.each([
    ['an AppRole first', APPROLE + KUBERNETES + 'token = "t"', {}, 'approle'],
    ['the pod it is in', `${KUBERNETES}token = "t"`, {}, 'kubernetes'],
    ["the file's token", 'token = "t"', { VAULT_TOKEN: 'own' }, 'token'],
    ["the operator's token", 'role_id = "r"', { VAULT_TOKEN: 'own' }, 'token'],
    ['nothing', 'kube_auth_role = "reader"', { VAULT_TOKEN: '' }, undefined],
  ])('is by %s', (_what, toml, env, kind) => {
    expect(vaultAuth(parseConfig(`[vault]\n${toml}\n`, 'config.toml'), env)?.kind).toBe(kind);
  });

  test.each([
    ['where Kubernetes puts it', {}, '/var/run/secrets/kubernetes.io/serviceaccount/token'],
    ['where the environment says', { KUBE_SA_TOKEN_PATH: '/run/token' }, '/run/token'],
  ])("takes a pod's token from %s", (_where, env, tokenFile) => {
    const auth = vaultAuth(parseConfig(`[vault]\n${KUBERNETES}`, 'config.toml'), env);
    expect(auth).toEqual({ kind: 'kubernetes', role: 'reader', mount: 'east', tokenFile });
  });

  test.each([
    ['a server and a login in the file', '[vault]\nserver = "http://v"\ntoken = "t"', {}, true],
    ['a server and a login in the environment', '', { VAULT_ADDR: 'http://v', VAULT_TOKEN: 't' }, true],
    ['no login', '', { VAULT_ADDR: 'http://v' }, false],
    ['no server', '[vault]\ntoken = "t"', {}, false],
  ])('is possible with %s: %o', (_what, toml, env, possible) => {
    const store = secretStore(true, parseConfig(toml, 'config.toml'), { env, fetch });
    expect(store !== undefined).toBe(possible);
  });

  test('is not needed where app-interface keeps its secrets in the file', async () => {
    const store = secretStore(false, parseConfig(FILE, 'config.toml'), { env: {}, fetch });
    expect((await store?.read({ path: 'creds/orders', field: 'user' }))?.reveal()).toBe('ann');
  });
});
