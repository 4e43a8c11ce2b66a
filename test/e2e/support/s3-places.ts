import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll } from '@jest/globals';

import { sdkCredentials } from '../../../src/clients/aws/credentials.js';
import type { Sandbox, SandboxAccount } from '../../../src/sandbox/sandbox.js';
import { openS3StateStore } from '../../../src/surgery/store/s3/s3-state-store.js';
import type { StateStore, StoredState } from '../../../src/surgery/store/store.js';
import { startFaultyProxy, type FaultyProxy } from '../../support/faulty-proxy.js';
import { createS3 } from './s3.js';
import { accountOf, openExampleSandbox } from './sandbox.js';
import { useTempDir } from './temp-dir.js';
import { initRealRoot, type RealRoot } from './terraform-root.js';

/** A real root whose state is in S3, and our store of that state. */
export interface S3Place {
  readonly root: RealRoot;
  readonly store: StateStore;
  readonly bucket: string;
  readonly key: string;
}

export interface S3Places {
  /** Behind the proxy, for what looks from outside. */
  readonly s3: () => S3Client;
  readonly proxy: () => FaultyProxy;
  /** @param settings of the backend, besides where the state is */
  open(name: string, settings: object, config: string): Promise<S3Place>;
}

/** The table of locks that there is. */
export const LOCK_TABLE = 'locks';

const PATIENCE = { connect: 5000, idle: 5000 };

/** One serial more; terraform leaves it alone. */
export function nextOf({ bytes, serial }: StoredState): Buffer {
  const state = JSON.parse(bytes.toString()) as object;
  return Buffer.from(`${JSON.stringify({ ...state, serial: serial + 1 }, undefined, 2)}\n`);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An AWS API server for the tests of a file, and roots in it. */
export function useS3Places(): S3Places {
  const home = useTempDir();
  let sandbox: Sandbox;
  let account: SandboxAccount;
  let env: Record<string, string>;
  let proxy: FaultyProxy;
  let s3: S3Client;
  let stores: StateStore[] = [];

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    account = accountOf(sandbox, 'ferries-stage');
    // The API server checks a condition and writes in two steps.
    proxy = await startFaultyProxy(sandbox.endpoint, { oneWriteAtATime: true });
    env = { ...sandbox.envOf(account, 'operator'), AWS_ENDPOINT_URL: proxy.origin };
    Object.assign(process.env, env);
    s3 = createS3(sandbox.endpoint, account.identities.operator.keys);
    await makeTable();
  }, 60_000);

  afterEach(() => {
    for (const store of stores) store.close();
    stores = [];
    proxy.fault = () => undefined;
  });

  afterAll(async () => {
    s3.destroy();
    for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
    await proxy.close();
    await sandbox.close();
  });

  async function makeTable(): Promise<void> {
    const credentials = sdkCredentials(keys());
    const { endpoint } = sandbox;
    const client = new DynamoDBClient({ endpoint, region: account.state.region, credentials });
    await client.send(
      new CreateTableCommand({
        ...{ TableName: LOCK_TABLE, BillingMode: 'PAY_PER_REQUEST' },
        AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
      }),
    );
    client.destroy();
  }

  function keys() {
    const { operator } = account.identities;
    return { ...operator.keys, sessionToken: undefined, source: 'the profile operator' };
  }

  async function open(name: string, settings: object, config: string): Promise<S3Place> {
    const { bucket, region } = account.state;
    const key = `stores/${name}.tfstate`;
    const backend = { s3: { bucket, region, key, ...settings } };
    const root = await initRealRoot(
      home(),
      { 'main.tf': config, 'backend.tf.json': JSON.stringify({ terraform: { backend } }) },
      env,
    );
    const { use_lockfile: useLockfile, dynamodb_table: dynamodbTable } = settings as Record<string, never>;
    const store = await openS3StateStore(
      { bucket, key, region, useLockfile, dynamodbTable },
      { region, credentials: keys(), signal: AbortSignal.timeout(300_000) },
      PATIENCE,
    );
    stores.push(store);
    return { root, store, bucket, key };
  }

  return { s3: () => s3, proxy: () => proxy, open };
}
