import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { backendCredentials } from '../../src/credentials/backend-credentials.js';
import { sdkCredentials } from '../../src/clients/aws/credentials.js';
import type { Sandbox, SandboxAccount } from '../../src/sandbox/sandbox.js';
import { openDirRoot, type DirRoot } from '../../src/terraform/dir/open-dir-root.js';
import { readLock, verifyDigest } from '../../src/terraform/lock/read-lock.js';
import { parseState } from '../../src/terraform/state/parse-state.js';
import { readState } from '../../src/terraform/state/read-state.js';
import type { StateAccess } from '../../src/terraform/state/state-access.js';
import { requires } from './support/requires.js';
import { createS3 } from './support/s3.js';
import { accountOf, openExampleSandbox } from './support/sandbox.js';
import { useTempDir } from './support/temp-dir.js';
import { initRealRoot, type RealRoot } from './support/terraform-root.js';

const describeRoot = await requires(['terraform']);
const describeS3 = await requires(['terraform', 'moto_server']);

const signal = AbortSignal.timeout(300_000);

const open = (folder: string): Promise<DirRoot> => openDirRoot('.', { cwd: folder, env: {}, signal });

/** Nothing here needs to be asked for. */
const localAccess: StateAccess = {
  credentials: () => Promise.reject(new Error('no credentials are needed')),
  pull: () => Promise.reject(new Error('nothing is to be pulled')),
  signal,
};

/** A resource whose creation ends when the file `go` is there, and begins by making the file `begun`. */
const SLOW = `
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch begun; for i in $(seq 600); do [ -e go ] && exit 0; sleep 0.1; done; exit 1"
  }
}`;

/** What `look` sees while terraform applies. */
async function whileApplying<T>({ folder, terraform }: RealRoot, look: () => Promise<T>): Promise<T> {
  const applying = terraform('apply', '-auto-approve', '-no-color');
  try {
    while (!existsSync(join(folder, 'begun'))) await Promise.race([setTimeout(50), applying]);
    return await look();
  } finally {
    await writeFile(join(folder, 'go'), '');
    await applying;
  }
}

describeRoot("a root that is somebody's own folder", () => {
  const home = useTempDir();

  test('has every resource of the real state, and no other managed one', async () => {
    const { folder, terraform } = await initRealRoot(home(), {
      'main.tf': `
        module "each" {
          source   = "./modules/outer"
          for_each = toset(["a", "b.c[0]"])
          name     = each.key
        }
        module "counted" {
          source = "./modules/inner"
          count  = 2
        }
        resource "terraform_data" "numbered" { count = 2 }
        resource "terraform_data" "keyed" { for_each = { "x\\"y" = 1, "z" = 2 } }
        resource "terraform_data" "text" {
          input = <<-EOT
            resource "terraform_data" "not_this" {}
          EOT
        }
        check "outer" {
          data "terraform_remote_state" "other" {
            backend = "local"
            config  = { path = "other.tfstate" }
          }
          assert {
            condition     = data.terraform_remote_state.other.outputs != null
            error_message = "no outputs"
          }
        }`,
      'more.tf.json': JSON.stringify({ resource: [{ terraform_data: { json: [{ count: 1 }] } }] }),
      'override.tf': 'resource "terraform_data" "json" { input = "overridden" }',
      'other.tfstate': JSON.stringify({ version: 4, serial: 1, lineage: 'x', outputs: {}, resources: [] }),
      'modules/outer/main.tf': `
        variable "name" { type = string }
        resource "terraform_data" "named" { input = var.name }
        module "inner" { source = "../inner" }`,
      'modules/inner/main.tf': 'resource "terraform_data" "deep" { input = "literal" }',
    });
    await terraform('apply', '-auto-approve', '-no-color');
    const before = await readdir(folder, { recursive: true });

    const { config, backend } = await open(folder);
    const state = parseState((await readState(backend, localAccess)) ?? Buffer.alloc(0), 'the state');
    const found = state.instances.map(({ address }) => address);
    expect(found).toHaveLength(13);
    expect(found.filter((address) => !config.has(address))).toEqual([]);
    const wanted = new Set(config.addresses);
    for (const address of found) wanted.delete(withoutKeys(address));
    expect([...wanted]).toEqual([]);
    expect(config.arguments('terraform_data.json[0]')).toEqual({ input: 'overridden' });
    expect(config.arguments('module.each["b.c[0]"].module.inner.terraform_data.deep')).toEqual({
      input: 'literal',
    });
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  }, 120_000);

  test('is locked by whoever applies it, and by nobody afterwards', async () => {
    const root = await initRealRoot(home(), {
      'main.tf': `terraform {\n  backend "local" {\n    path = "states/x.tfstate"\n  }\n}\n${SLOW}`,
    });
    const { backend } = await open(root.folder);
    const lock = await whileApplying(root, () => readLock(backend, localAccess));
    expect(lock).toMatchObject({ operation: 'OperationTypeApply', path: 'states/x.tfstate' });
    expect(lock?.id).toMatch(/^[\da-f-]{36}$/);
    expect(await readLock(backend, localAccess)).toBeUndefined();
  }, 120_000);
});

describeS3('a root whose state is in S3', () => {
  const home = useTempDir();
  let sandbox: Sandbox;
  let account: SandboxAccount;
  let env: Record<string, string>;
  const table = 'locks';

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    account = accountOf(sandbox, 'ferries-stage');
    env = sandbox.envOf(account, 'operator');
    Object.assign(process.env, env);
    const credentials = sdkCredentials({
      ...{ ...account.identities.operator.keys, sessionToken: undefined, source: 'the test' },
    });
    const { endpoint } = sandbox;
    const client = new DynamoDBClient({ endpoint, region: account.state.region, credentials });
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
      }),
    );
    client.destroy();
  }, 60_000);

  afterAll(async () => {
    for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
    await sandbox.close();
  });

  async function initS3Root(
    settings: object,
  ): Promise<{ root: RealRoot; dir: DirRoot; access: StateAccess }> {
    const { bucket, region } = account.state;
    const s3 = { bucket, region, key: `dir/${Object.keys(settings).join()}`, ...settings };
    const root = await initRealRoot(
      home(),
      { 'main.tf': SLOW, 'backend.tf.json': JSON.stringify({ terraform: { backend: { s3 } } }) },
      env,
    );
    await root.terraform('workspace', 'new', 'blue');
    const dir = await open(root.folder);
    if (dir.backend.type !== 's3') throw new Error('the backend is not S3');
    const backend = dir.backend;
    const sources = { profile: undefined, env: process.env, now: Date.now };
    const credentials = () => backendCredentials(backend, sources, signal);
    return { root, dir, access: { ...localAccess, credentials } };
  }

  test.each([
    ['an object', { use_lockfile: true }],
    ['an item of a table', { dynamodb_table: table }],
  ])(
    'is locked by %s',
    async (_what, settings) => {
      const { root, dir, access } = await initS3Root(settings);
      const lock = await whileApplying(root, () => readLock(dir.backend, access));
      expect(lock).toMatchObject({ operation: 'OperationTypeApply', version: expect.any(String) as unknown });
      expect(lock?.path).toBe(`${account.state.bucket}/env:/blue/dir/${Object.keys(settings).join()}`);
      expect(await readLock(dir.backend, access)).toBeUndefined();
      const state = parseState((await readState(dir.backend, access)) ?? Buffer.alloc(0), 'the state');
      expect(state.instances.map(({ address }) => address)).toEqual(['terraform_data.slow']);
    },
    120_000,
  );

  test('is told from one that was written behind the back of its table', async () => {
    const { root, dir, access } = await initS3Root({ dynamodb_table: table, encrypt: true });
    await writeFile(join(root.folder, 'go'), '');
    await root.terraform('apply', '-auto-approve', '-no-color');
    const verdict = async () => verifyDigest(dir.backend, await readState(dir.backend, access), access);
    expect(await verdict()).toEqual({ kind: 'fine' });

    const s3 = createS3(sandbox.endpoint, account.identities.operator.keys);
    if (dir.backend.type !== 's3') throw new Error('the backend is not S3');
    const object = { Bucket: dir.backend.bucket, Key: dir.backend.key };
    await s3.send(new PutObjectCommand({ ...object, Body: '{"version": 4}' }));
    const written = await verdict();
    expect(written).toMatchObject({ kind: 'mismatch' });
    const refusal = await root.terraform('state', 'list').catch((error: unknown) => String(error));
    expect(refusal).toContain(written.kind === 'mismatch' ? written.actual : 'no mismatch');

    await s3.send(new DeleteObjectCommand(object));
    expect(await verdict()).toMatchObject({ kind: 'mismatch', actual: undefined });
    s3.destroy();
  }, 240_000);

  test('is read in the role of its backend, by the credentials of the environment', async () => {
    const roleArn = `arn:aws:iam::${account.uid}:role/state-reader`;
    const sources = { profile: undefined, env: process.env, now: Date.now };
    const { source } = await backendCredentials({ region: account.state.region, roleArn }, sources, signal);
    expect(source).toMatch(`the role ${roleArn}, assumed with `);
  });

  test('is told from one whose table cannot be read', async () => {
    const { dir, access } = await initS3Root({ key: 'dir/none' });
    const backend = { ...dir.backend, dynamodbTable: 'no-such-table' };
    await expect(readLock(backend, access)).rejects.toMatchObject({
      code: 'LockUnreadable',
      message: expect.stringMatching(/^cannot read the lock in table no-such-table: \S/) as unknown,
    });
  }, 120_000);
});

function withoutKeys(address: string): string {
  return address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}
