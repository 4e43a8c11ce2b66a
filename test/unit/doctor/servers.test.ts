import { describe, expect, test } from '@jest/globals';

import { CHECKS } from '../../../src/doctor/checks/index.js';
import { fakeWorld, settings, type FakeMachine } from './fake-world.js';

const SHA = 'ab'.repeat(32);
const graphql = (server: string): string => `[graphql]\nserver = "${server}"\ntoken = "Basic canary"`;

describe('the qontract server', () => {
  const examine = (machine: FakeMachine, toml: string) =>
    CHECKS['qontract-server'].examine(fakeWorld(machine), settings(toml));

  test.each([
    ['http://localhost:4000/graphql', 'http://localhost:4000/sha256'],
    ['https://example.com/app/graphql', 'https://example.com/app/sha256'],
    ['http://localhost:4000', 'http://localhost:4000/sha256'],
  ])('at %s is asked for its bundle at %s, with the token', async (server, url) => {
    const world = fakeWorld({ servers: { [url]: new Response(`${SHA}\n`) } });
    expect(await CHECKS['qontract-server'].examine(world, settings(graphql(server)))).toEqual({
      state: 'ok',
      found: 'serves bundle abababab',
    });
    expect(world.requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Basic canary']);
  });

  test.each([
    ['that is not there', undefined, 'localhost:4000: nothing listens there'],
    ['that wants another token', new Response('', { status: 401 }), 'localhost:4000 refuses us (401)'],
    ['that has no bundle', new Response('', { status: 503 }), 'localhost:4000 has no data'],
    ['that is another', new Response('<html>'), 'localhost:4000 is no qontract server (status 200'],
    [
      'that sends elsewhere',
      new Response('', { status: 302 }),
      'localhost:4000 is no qontract server (status 302',
    ],
  ])('%s is wrong', async (_what, response, found) => {
    const servers = response === undefined ? {} : { 'http://localhost:4000/sha256': response };
    const result = await examine({ servers }, graphql('http://localhost:4000/graphql'));
    expect(result).toMatchObject({ state: 'wrong', found: expect.stringContaining(found) });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test.each([
    ['no URL', 'canary', 'its address is not an http or https URL'],
    ['a URL with a password', 'http://u:canary@localhost/graphql', 'its address has a password in it'],
  ])('that is %s is not asked, and not repeated', async (_what, server, found) => {
    expect(await examine({}, graphql(server))).toMatchObject({ state: 'wrong', found });
    expect(JSON.stringify(await examine({}, graphql(server)))).not.toContain('canary');
  });

  test('of the environment goes before the one of the file, whose token it does not see', async () => {
    const world = fakeWorld({
      env: { TFREPAIR_GRAPHQL: 'http://other.example.com/graphql' },
      servers: { 'http://other.example.com/sha256': new Response(SHA) },
    });
    const toml = graphql('http://localhost:4000/graphql');
    expect(await CHECKS['qontract-server'].examine(world, settings(toml))).toMatchObject({ state: 'ok' });
    expect(world.requests.map(({ headers }) => headers.get('authorization'))).toEqual([null]);
  });

  test('is not needed when there is a checkout to serve', async () => {
    const toml = '[tfrepair]\napp_interface = "ai"';
    const at = (...names: string[]) => examine({ folders: { '/home/me/ai': names } }, toml);
    expect(await at('data', 'resources')).toEqual({ state: 'ok', found: 'built in, from a checkout' });
    expect(await at('docs')).toMatchObject({ state: 'wrong', found: 'ai is no checkout' });
    expect(await examine({}, toml)).toMatchObject({ state: 'wrong', found: 'ai is no checkout' });
  });

  test('is not needed when there is a bundle to serve', async () => {
    const env = { TFREPAIR_BUNDLE: '/data/bundle.json' };
    expect(await examine({ env, folders: { '/data': ['bundle.json'] } }, '')).toEqual({
      state: 'ok',
      found: 'built in, from a bundle',
    });
    expect(await examine({ env }, '')).toMatchObject({
      state: 'wrong',
      found: 'no bundle /data/bundle.json',
    });
  });

  test('cannot be two at once', async () => {
    const env = { TFREPAIR_BUNDLE: 'a', TFREPAIR_APP_INTERFACE: 'b' };
    expect(await examine({ env }, '')).toMatchObject({
      state: 'wrong',
      found: '--bundle and --app-interface cannot be used together',
    });
  });

  test('is missing when nothing is named', async () => {
    expect(await examine({}, '')).toMatchObject({ state: 'missing', found: 'none is named' });
  });
});

describe('vault', () => {
  const url = 'https://vault.example.com/v1/sys/health';
  const appRole = 'role_id = "canary"\nsecret_id = "canary"';

  async function examine(login: string, status: number | undefined) {
    const servers = status === undefined ? {} : { [url]: new Response('{}', { status }) };
    const toml = `[vault]\nserver = "https://vault.example.com"\n${login}`;
    return CHECKS.vault.examine(fakeWorld({ servers }), settings(toml));
  }

  test.each([
    [appRole, 200, 'ok', 'active, log in by AppRole'],
    [appRole, 429, 'ok', 'standby, log in by AppRole'],
    ['token = "canary"', 473, 'ok', 'performance standby, log in by token'],
    ['kube_auth_role = "r"\nkube_auth_mount = "m"', 200, 'ok', 'active, log in by Kubernetes'],
    ['role_id = "canary"', 200, 'wrong', 'no way to log in'],
    [appRole, 503, 'wrong', 'vault.example.com is sealed'],
    [appRole, 501, 'wrong', 'vault.example.com is not initialised'],
    [appRole, 472, 'wrong', 'vault.example.com is recovery standby'],
    [appRole, 404, 'wrong', 'vault.example.com is no vault (status 404)'],
    [appRole, undefined, 'wrong', 'vault.example.com: nothing listens there'],
  ])('with %j and status %s is %s: %s', async (login, status, state, found) => {
    expect(await examine(login, status)).toMatchObject({ state, found });
  });

  test('may be named by the environment', async () => {
    const env = { VAULT_ADDR: 'https://vault.example.com', VAULT_TOKEN: 'canary' };
    const world = fakeWorld({ env, servers: { [url]: new Response('{}') } });
    expect(await CHECKS.vault.examine(world, settings())).toEqual({
      state: 'ok',
      found: 'active, log in by token',
    });
  });

  test.each(['canary', 'https://u:canary@vault.example.com'])(
    'at %s is not asked, and not repeated',
    async (server) => {
      const result = await CHECKS.vault.examine(fakeWorld(), settings(`[vault]\nserver = "${server}"`));
      expect(result.state).toBe('wrong');
      expect(JSON.stringify(result)).not.toContain('canary');
    },
  );

  test('is missing without the section, or without its server', async () => {
    expect(await CHECKS.vault.examine(fakeWorld(), settings())).toMatchObject({ state: 'missing' });
    expect(await CHECKS.vault.examine(fakeWorld(), settings('[vault]'))).toMatchObject({ state: 'missing' });
  });
});

describe('servers that are only configured', () => {
  test.each([
    ['gitlab', 'url = "https://gitlab.example.com/"\ntoken = "canary"', 'ok', 'gitlab.example.com'],
    ['gitlab', 'url = "https://gitlab.example.com/"', 'wrong', 'no token'],
    ['jenkins', 'url = "https://ci.example.com:8443"', 'ok', 'ci.example.com:8443'],
    ['prometheus', 'url = "http://localhost:9090"', 'ok', 'localhost:9090'],
  ] as const)('%s with %j is %s: %s', async (id, keys, state, found) => {
    const toml = `[tfrepair.${id}]\n${keys}`;
    expect(await CHECKS[id].examine(fakeWorld(), settings(toml))).toMatchObject({ state, found });
  });

  test.each(['gitlab', 'jenkins', 'prometheus'] as const)('%s is missing when it is not', async (id) => {
    expect(await CHECKS[id].examine(fakeWorld(), settings())).toMatchObject({ state: 'missing' });
  });
});

describe('the AWS provider', () => {
  const registry = 'https://registry.terraform.io/.well-known/terraform.json';
  const aws = 'registry.terraform.io/hashicorp/aws';
  const mirror = { folder: '/mirror', providers: [aws] };

  test.each<[string, FakeMachine, string, string]>([
    [
      'from an unpacked mirror, the newest',
      { mirror, folders: { [`/mirror/${aws}`]: ['5.9.0', '5.100.0'] } },
      'ok',
      '5.100.0 in /mirror',
    ],
    [
      'from a packed mirror',
      {
        mirror,
        folders: { [`/mirror/${aws}`]: ['index.json', 'terraform-provider-aws_5.1.0_linux_amd64.zip'] },
      },
      'ok',
      '5.1.0 in /mirror',
    ],
    ['not from a mirror without it', { mirror: { ...mirror, providers: ['x/y/z'] } }, 'missing', 'no mirror'],
    [
      'from the registry',
      { servers: { [registry]: new Response('{}') } },
      'ok',
      'from registry.terraform.io',
    ],
    [
      'from a network mirror',
      {
        env: { TF_CLI_CONFIG_FILE: '/rc' },
        files: {
          '/rc': 'provider_installation { network_mirror { url = "https://mirror.example.com/p/" } }',
        },
      },
      'ok',
      'from mirror.example.com',
    ],
    ['behind a proxy', { env: { HTTPS_PROXY: 'http://u:canary@p' } }, 'ok', 'by the proxy'],
    ['from nowhere', {}, 'missing', 'no mirror; registry.terraform.io: nothing listens there'],
    [
      'from a registry that is in the way',
      { servers: { [registry]: new Response('', { status: 403 }) } },
      'missing',
      'status 403',
    ],
  ])('%s', async (_what, machine, state, found) => {
    expect(await CHECKS['aws-provider'].examine(fakeWorld(machine), settings())).toMatchObject({
      state,
      found: expect.stringContaining(found),
    });
  });
});

test('the configuration file is named, or said to be missing', async () => {
  const { config } = settings();
  expect(await CHECKS.configuration.examine(fakeWorld(), settings())).toEqual({
    state: 'ok',
    found: '/home/me/config.toml',
  });
  const none = { ...settings(), config: { ...config, file: undefined } };
  expect(await CHECKS.configuration.examine(fakeWorld(), none)).toMatchObject({ state: 'missing' });
});
