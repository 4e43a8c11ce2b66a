import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'smol-toml';

import { isJsonObject, type Json, type JsonObject } from '../../src/json.js';
import { FakeReconcile } from '../support/fake-reconcile.js';
import { Canaries, commandLines } from '../support/leaks.js';
import { oracleFile } from '../support/oracle.js';
import { renderOracle } from './support/render-config.js';
import type { CliOptions, CliResult } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

/** Keys of the configuration file that are no secrets: they stand in the config, as in the original's. */
const PUBLIC_KEYS = ['bucket', 'region', 'terraform_resources_key', 'server', 'cloudfront_public_key'];
/** Outputs that are no secrets. */
const PUBLIC_OUTPUT = /__(qrtf_|db_user|db_host|db_name|db_port|endpoint|secret_name|secret_policy_arn)/;

describe('secrets of the configuration file, the environment and the outputs', () => {
  const home = useTempDir();
  let canaries: Canaries;
  let config = '';
  let profile = '';

  beforeEach(async () => {
    canaries = new Canaries();
    config = join(home(), 'config.toml');
    const document = parse(await readFile(oracleFile('public', 'config.toml'), 'utf8')) as JsonObject;
    document['graphql'] = { server: 'http://127.0.0.1:9/graphql', token: 'Basic x' };
    const login = { role_id: 'role', secret_id: 'secret', token: 'token', kube_auth_role: 'kube' };
    document['vault'] = { server: 'http://127.0.0.1:9', ...login };
    const [id, key] = [canaries.plant('profile key id', 'AKIA'), canaries.plant('profile secret key')];
    profile = join(home(), 'aws-credentials');
    await writeFile(
      profile,
      `[own]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}\naws_session_token = ${canaries.plant('profile token')}\n`,
    );
    await writeFile(config, stringify(plantIn(document, 'config.toml', canaries)));
  });

  const runs = (): string => join(home(), 'runs');
  const render = async (args: readonly string[], options: CliOptions = {}): Promise<CliResult> => {
    const env = {
      AWS_ACCESS_KEY_ID: canaries.plant('AWS_ACCESS_KEY_ID', 'AKIA'),
      AWS_SECRET_ACCESS_KEY: canaries.plant('AWS_SECRET_ACCESS_KEY'),
      AWS_SESSION_TOKEN: canaries.plant('AWS_SESSION_TOKEN'),
      TFREPAIR_GRAPHQL_TOKEN: canaries.plant('TFREPAIR_GRAPHQL_TOKEN', 'Basic '),
      VAULT_TOKEN: canaries.plant('VAULT_TOKEN'),
      AWS_SHARED_CREDENTIALS_FILE: profile,
      AWS_PROFILE: 'own',
      TFREPAIR_AWS_PROFILE: 'own',
      ...options.env,
    };
    return renderOracle('public', ['--config', config, ...args], runs(), { ...options, env });
  };
  const expectNoLeak = async (result: CliResult): Promise<void> => {
    expect(canaries.in(result.stdout)).toEqual([]);
    expect(canaries.in(result.stderr)).toEqual([]);
    expect(await canaries.inFolder(home(), [config, profile])).toEqual([]);
  };

  test.each([[['--json']], [['--verbose']]])('no account says or writes one, %j', async (flags) => {
    const result = await render(['--all', '--out', join(runs(), 'out/'), ...flags]);
    expect(result.exitCode).toBe(0);
    await expectNoLeak(result);
  });

  test('existing outputs stay out of the config', async () => {
    for (const name of ['rds-existing', 'kinesis-rich']) {
      const file = join(home(), 'outputs.json');
      const outputs = JSON.parse(
        await readFile(oracleFile('public', `${name}/terraform-outputs.json`), 'utf8'),
      ) as JsonObject;
      for (const [output, body] of Object.entries(outputs)) {
        if (!PUBLIC_OUTPUT.test(output) && isJsonObject(body)) body['value'] = canaries.plant(output);
      }
      await writeFile(file, JSON.stringify(outputs));
      const result = await render(['--account', name, '--outputs', file, '--out', join(runs(), 'out.json')]);
      await writeFile(file, '');
      expect(result.exitCode).toBe(0);
      await expectNoLeak(result);
    }
  });

  test('an error quotes none: outputs that are no outputs, a file that is no TOML, a secret that is incomplete', async () => {
    const outputs = join(home(), 'outputs.json');
    const broken = `{ "a__db_password": "${canaries.plant('broken outputs')}`;
    await writeFile(outputs, broken);
    const results = [await render(['--account', 'rds-existing', '--outputs', outputs, '--verbose'])];
    await writeFile(outputs, `${broken}" }`);
    results.push(await render(['--account', 'rds-existing', '--outputs', outputs, '--json']));
    await writeFile(outputs, '');
    const text = await readFile(config, 'utf8');
    await writeFile(config, text.replaceAll('aws_secret_access_key', 'other_key'));
    results.push(await render(['--account', 'rds-minimal', '--compat', '--verbose']));
    await writeFile(config, `${text}\noops = "${canaries.plant('broken config')}`);
    results.push(await render(['--account', 'rds-minimal', '--verbose']));
    for (const result of results) {
      expect(result).toMatchObject({ exitCode: 1 });
      await expectNoLeak(result);
    }
  });

  test('--compat writes them, for the owner alone, and says so', async () => {
    const folder = join(runs(), 'out');
    const result = await render(['--account', 'msk-rich', '--out', `${folder}/`, '--compat']);
    const file = join(folder, 'config.tf.json');
    expect(canaries.in(await readFile(file, 'utf8'))).toContain(
      'config.toml: aws.msk-rich.terraform.aws_secret_access_key',
    );
    expect([(await stat(folder)).mode & 0o777, (await stat(file)).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(result.stderr).toContain('credentials and secrets are in this config in plain text (--compat)');
    expect(canaries.in(result.stdout + result.stderr)).toEqual([]);
  });

  test('a running qontract-reconcile has none on its command line, and leaves none behind', async () => {
    const texts = {
      'rds-minimal': await readFile(oracleFile('public', 'print-only/rds-minimal.txt'), 'utf8'),
    };
    canaries.adopt('printed key', 'exampleSecret/rds-minimal');
    const fake = await FakeReconcile.install(home(), { generation: 'print-to-file', texts, takes: 1500 });
    const env = { PATH: `${fake.folder}:${process.env['PATH'] ?? ''}` };
    const running = render(
      ['--account', 'rds-minimal', '--renderer', 'qontract-reconcile', '--out', join(runs(), 'out/')],
      { env },
    );
    while ((await fake.calls()).length === 0) await sleep(50);
    const during = await commandLines();
    const [call] = await fake.calls();
    const { mode } = await stat(call?.cwd ?? '');
    const result = await running;
    expect(during).toContain('--dry-run terraform-resources --print-to-file');
    expect(canaries.in(during)).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(mode & 0o777).toBe(0o700);
    await expect(readdir(call?.cwd ?? '')).rejects.toThrow('ENOENT');
    expect(canaries.in(call?.config ?? '')).toContain(
      'config.toml: aws.rds-minimal.terraform.aws_secret_access_key',
    );
    expect(canaries.in(result.stdout + result.stderr)).toEqual([]);
    expect(await canaries.inFolder(home(), [config, profile, fake.folder])).toEqual([]);
  });
});

/** The same document with a canary in each text that is a secret. */
function plantIn(value: Json, path: string, canaries: Canaries): Json {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = path === 'config.toml' ? `${path}: ${key}` : `${path}.${key}`;
      const secret = typeof item === 'string' && !PUBLIC_KEYS.includes(key);
      return [key, secret ? canaries.plant(name, item) : plantIn(item, name, canaries)];
    }),
  );
}
