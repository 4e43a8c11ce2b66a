import { randomUUID } from 'node:crypto';

import type { Patience } from '../../src/surgery/store/s3/connection.js';
import { openS3StateStore } from '../../src/surgery/store/s3/s3-state-store.js';
import type { LockRequest, StateStore, StoredState } from '../../src/surgery/store/store.js';
import { Secret } from '../../src/secret.js';
import type { S3Backend } from '../../src/terraform/root.js';

export const PATIENCE = { connect: 1000, idle: 400 };

export const CREDENTIALS = {
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: new Secret('canary'),
  sessionToken: undefined,
  source: 'the profile acme',
};

interface StoreOptions {
  readonly signal?: AbortSignal;
  readonly patience?: Patience;
}

/** A store on a made-up S3. */
export async function openStore(
  endpoint: string,
  backend: Partial<S3Backend> = {},
  { signal = new AbortController().signal, patience = PATIENCE }: StoreOptions = {},
): Promise<StateStore> {
  // The SDK looks there when a client is made.
  process.env['AWS_ENDPOINT_URL'] = endpoint;
  const region = 'us-east-1';
  const whole = { bucket: 'states', key: 'acme/prod.tfstate', region, ...backend };
  return openS3StateStore(whole, { region, credentials: CREDENTIALS, signal }, patience);
}

/** A state document. */
export function stateOf(serial: number, more: Readonly<Record<string, unknown>> = {}): Buffer {
  const lineage = '5f1bb8b4-6f5a-4d4c-9c2a-0f6c1f3b8f10';
  return Buffer.from(
    JSON.stringify({ version: 4, terraform_version: '1.6.6', serial, lineage, ...more, resources: [] }),
  );
}

export function lockRequest(more: Partial<LockRequest> = {}): LockRequest {
  const created = Date.UTC(2026, 10, 23, 10);
  const who = { operation: 'tfrepair state rm', who: 'jdoe@laptop', info: '' };
  return { id: randomUUID(), ...who, created, ...more };
}

/** A state that must be there. */
export async function readStored(store: StateStore): Promise<StoredState> {
  const state = await store.read();
  if (state === undefined) throw new Error('there is no state');
  return state;
}
