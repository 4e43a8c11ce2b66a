import { writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { afterEach, describe, expect, test } from '@jest/globals';

import { shaOf, smallBundle } from '../support/small-bundle.js';
import { runCli } from './support/run-cli.js';
import { runServer, type ServerProcess } from './support/run-server.js';
import { expectEmpty, useTempDir } from './support/temp-dir.js';

const home = useTempDir();
const data = useTempDir();
let running: ServerProcess | undefined;

afterEach(async () => {
  await running?.stop('SIGKILL');
  running = undefined;
});

async function serve(...args: string[]): Promise<ServerProcess> {
  running = await runServer(args, home());
  return running;
}

async function save(name: string, bytes: Buffer | string): Promise<string> {
  const file = join(data(), name);
  await writeFile(file, bytes);
  return file;
}

const older = smallBundle({ commit: 'aaaa', roles: { '/cook.yml': { name: 'old cook' } } });
const newer = smallBundle({ commit: 'bbbb' });
const NAMES = '{ roles_v1 { name } }';

describe('a server', () => {
  test('says in one line that it is ready, where, and with which data', async () => {
    const server = await serve('--bundle', await save('b.json', newer));
    const { exitCode, stdout, stderr } = await server.stop();
    expect(stdout).toBe(`ready ${server.origin}/graphql sha256 ${shaOf(newer)}`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('says it as one JSON document with --json, and goes on', async () => {
    const server = await serve('--json', '--bundle', await save('b.json', newer));
    expect(await server.query(NAMES)).toMatchObject({ data: { roles_v1: [{ name: 'cook' }] } });
    const { stdout } = await server.stop();
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      command: 'server',
      result: {
        url: `${server.origin}/graphql`,
        sha256: shaOf(newer),
        gitCommit: 'bbbb',
        gitCommitTimestamp: '1700000000',
        datafiles: 1,
        resources: 0,
        problems: [],
        warnings: [],
      },
    });
  });

  test('serves the last of several bundles as the latest, and the others by checksum', async () => {
    const [one, two] = [await save('one.json', older), await save('two.json', newer)];
    const server = await serve('--bundle', one, '--bundle', two);
    expect((await server.ask('/sha256')).text).toBe(shaOf(newer));
    const path = `/graphqlsha/${shaOf(older)}`;
    expect(await server.query(NAMES, path)).toMatchObject({ data: { roles_v1: [{ name: 'old cook' }] } });
    const { text } = await server.ask(`/diff/${shaOf(older)}/${shaOf(newer)}`);
    expect(JSON.parse(text)).toMatchObject({ datafiles: { '/cook.yml': { old: { name: 'old cook' } } } });
    expect((await server.ask('/graphqlsha/unknown')).status).toBe(404);
  });

  test('warns of what is wrong in the data, and serves the rest', async () => {
    const roles = { '/broken.yml': { $schema: null }, '/cook.yml': { name: 'cook' } };
    const server = await serve('--bundle', await save('b.json', smallBundle({ roles })));
    expect(await server.stderrWith('/broken.yml')).toMatch(/^warning: .*\/broken\.yml.*\$schema/);
    expect(await server.query(NAMES)).toMatchObject({ data: { roles_v1: [{ name: 'cook' }] } });
  });

  test('logs each request with --verbose, on stderr', async () => {
    const server = await serve('--verbose', '--bundle', await save('b.json', newer));
    await server.ask('/sha256');
    expect(await server.stderrWith('sha256')).toMatch(/^GET \/sha256 200 \d+ ms\n$/);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends well on %s, though a client stays connected',
    async (signal) => {
      const server = await serve('--bundle', await save('b.json', newer));
      const agent = new Agent({ keepAlive: true });
      await new Promise((resolve) => {
        get(`${server.origin}/healthz`, { agent }, (response) => response.resume().on('end', resolve));
      });
      expect(await server.stop(signal)).toMatchObject({ exitCode: 0, stderr: '' });
      agent.destroy();
      await expectEmpty(home());
    },
  );
});

describe('a reload', () => {
  const post = { method: 'POST' };

  test('serves new data as the latest, and the old data by its checksum', async () => {
    const server = await serve('--bundle', await save('b.json', older));
    await save('b.json', newer);
    expect(await server.ask('/reload', post)).toEqual({ status: 200, text: '' });
    expect((await server.ask('/sha256')).text).toBe(shaOf(newer));
    expect((await server.ask(`/git-commit/${shaOf(older)}`)).text).toBe('aaaa');
    expect(await server.stderrWith('serving')).toBe(`serving sha256 ${shaOf(newer)}\n`);
  });

  test('that cannot be used changes nothing, and says which file is wrong', async () => {
    const file = await save('b.json', older);
    const server = await serve('--bundle', file);
    await save('b.json', 'INVALID BUNDLE');
    expect(await server.ask('/reload', post)).toEqual({
      status: 503,
      text: 'error parsing bundle, not replacing',
    });
    expect((await server.ask('/sha256')).text).toBe(shaOf(older));
    expect(await server.stderrWith('still serving')).toContain(`error: ${file} is not a JSON object`);
  });

  test('of data that is still served changes nothing, as with the real server', async () => {
    const server = await serve('--bundle', await save('b.json', older));
    for (const bytes of [newer, older]) {
      await save('b.json', bytes);
      await server.ask('/reload', post);
    }
    expect((await server.ask('/sha256')).text).toBe(shaOf(newer));
  });

  test.each([
    ['the flag', ['--bundle-ttl', '1'], {}],
    ['the environment', [], { BUNDLE_SHA_TTL: '1' }],
  ])('forgets bundles that have expired by what %s says', async (_where, args, env) => {
    running = await runServer(['--bundle', await save('b.json', older), ...args], home(), { env });
    for (const commit of ['cccc', 'dddd']) {
      await save('b.json', smallBundle({ commit }));
      await running.ask('/reload', post);
    }
    expect((await running.ask(`/git-commit/${shaOf(older)}`)).status).toBe(404);
    expect((await running.ask('/git-commit')).text).toBe('dddd');
  });
});

describe('a server that cannot start says why', () => {
  test('when there is nothing to serve', async () => {
    const { exitCode, stderr } = await runCli(['server'], home());
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^error: there is nothing to serve\nNext: give --bundle FILE or --app-interface DIR/,
    );
  });

  test('when two kinds of data are named', async () => {
    const { exitCode, stderr } = await runCli(['server', '--bundle', 'x', '--app-interface', 'y'], home());
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--bundle and --app-interface cannot be used together');
  });

  test.each([
    ['does not exist', undefined, 'BundleUnreadable'],
    ['is not JSON', 'INVALID BUNDLE', 'BundleNotJson'],
    ['lacks a part', '{"data":{}}', 'GraphqlConfInvalid'],
  ])('when the bundle %s', async (_what, content, code) => {
    const file = content === undefined ? join(data(), 'none.json') : await save('b.json', content);
    const { exitCode, stdout } = await runCli(['server', '--json', '--bundle', file], home());
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code, message: expect.stringContaining(file) as unknown },
    });
  });

  test('when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { exitCode, stderr } = await runCli(
      ['server', '--bundle', await save('b.json', newer), '--port', port],
      home(),
    );
    other.close();
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `error: port ${port} of 127.0.0.1 is in use\n` +
        'Next: stop the other server, or choose another port with --port (0 = any free one)\n',
    );
  });

  test('when the host is no address of this machine', async () => {
    const args = ['server', '--bundle', await save('b.json', newer), '--host', '192.0.2.1'];
    const { exitCode, stderr } = await runCli(args, home());
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error: cannot listen on 192.0.2.1');
  });
});

describe('what is not given by a flag', () => {
  test('comes from the environment, then from the configuration file', async () => {
    await save('b.json', newer);
    const config = await save(
      'config.toml',
      '[tfrepair]\napp_interface = "nowhere"\n[tfrepair.server]\nhost = "::1"\n',
    );
    const env = { TFREPAIR_BUNDLE: 'b.json', QONTRACT_CONFIG: config };
    running = await runServer([], home(), { env, cwd: data() });
    expect(running.origin).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await running.ask('/sha256')).text).toBe(shaOf(newer));
  });

  test('is outranked by one, also by a flag of another kind of data', async () => {
    const file = await save('b.json', newer);
    running = await runServer(['--bundle', file], home(), { env: { TFREPAIR_APP_INTERFACE: 'nowhere' } });
    expect((await running.ask('/sha256')).text).toBe(shaOf(newer));
  });
});
