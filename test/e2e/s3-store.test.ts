import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from '@jest/globals';

import type { Fault } from '../support/faulty-proxy.js';
import { lockRequest, readStored } from '../support/s3-store.js';
import { requires } from './support/requires.js';
import { LOCK_TABLE, messageOf, nextOf, useS3Places } from './support/s3-places.js';

const describeS3 = await requires(['terraform', 'moto_server']);

const APPLY = ['apply', '-auto-approve', '-no-color'];

/** Whose creation ends when the file `go` is there, and begins by making the file `begun`. */
const SLOW = `
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch begun; for i in $(seq 600); do [ -e go ] && exit 0; sleep 0.1; done; exit 1"
  }
}`;

describeS3('a state in S3', () => {
  const places = useS3Places();

  const LOCKS: [string, object][] = [
    ['an object', { use_lockfile: true }],
    ['an item of a table', { dynamodb_table: LOCK_TABLE }],
    ['both', { use_lockfile: true, dynamodb_table: LOCK_TABLE }],
  ];

  test.each(LOCKS)('keeps terraform out while we have its lock, %s', async (name, settings) => {
    const { root, store } = await places.open(`ours-${name}`, settings, 'resource "terraform_data" "one" {}');
    await root.terraform(...APPLY);
    await store.probe();
    const held = await store.lock(lockRequest({ who: 'jdoe@laptop' }));
    const said = messageOf(await root.terraform(...APPLY).catch((error: unknown) => error));
    expect(said).toContain('Error acquiring the state lock');
    expect(said).toContain(held.id);
    expect(said).toContain('jdoe@laptop');
    const base = await readStored(store);
    const written = await store.compareAndSwap(base, nextOf(base));
    expect(await store.currentLock()).toMatchObject({ id: held.id });
    await held.release();
    await root.terraform(...APPLY);
    expect((await readStored(store)).sha256).toBe(written.sha256);
  });

  test.each(LOCKS)('is left alone while terraform has its lock, %s', async (name, settings) => {
    const { root, store } = await places.open(`theirs-${name}`, settings, SLOW);
    const applying = root.terraform(...APPLY);
    while (!existsSync(join(root.folder, 'begun'))) await Promise.race([setTimeout(50), applying]);
    const refused = store.lock(lockRequest());
    await expect(refused).rejects.toMatchObject({
      ...{ code: 'StateLocked', message: expect.stringContaining('for OperationTypeApply') as unknown },
    });
    await writeFile(join(root.folder, 'go'), '');
    await applying;
    await (await store.lock(lockRequest())).release();
  });

  test('whose table remembers another digest is left alone, and a write that was cut short is finished', async () => {
    const settings = { dynamodb_table: LOCK_TABLE };
    const { root, store, bucket, key } = await places.open(
      'digest',
      settings,
      'resource "terraform_data" "one" {}',
    );
    await root.terraform(...APPLY);
    const base = await readStored(store);
    await places.s3().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: nextOf(base) }));
    const now = await readStored(store);
    await expect(store.compareAndSwap(now, nextOf(now))).rejects.toMatchObject({
      ...{ code: 'DigestMismatch', exitCode: 4 },
    });
    await store.settle(now);
    await root.terraform(...APPLY);
    const written = await store.compareAndSwap(now, nextOf(now));
    expect(String((await root.terraform('state', 'list')).stdout)).toBe('terraform_data.one');

    const failing: Fault = { kind: 'answer', status: 500 };
    places.proxy().fault = ({ headers }) =>
      headers['x-amz-target'] === 'DynamoDB_20120810.PutItem' ? failing : undefined;
    await expect(store.compareAndSwap(written, nextOf(written))).rejects.toMatchObject({
      code: 'DigestNotWritten',
    });
    places.proxy().fault = () => undefined;
    await expect(root.terraform('state', 'list')).rejects.toThrow(/digest|checksum/i);
    await store.settle(await readStored(store));
    await root.terraform('state', 'list');
  });

  test('keeps its encryption and its type', async () => {
    const kms = 'arn:aws:kms:us-east-1:111111111111:key/11111111-2222-4333-8444-555555555555';
    const settings = { use_lockfile: true, encrypt: true, kms_key_id: kms };
    const { root, store, bucket, key } = await places.open(
      'kms',
      settings,
      'resource "terraform_data" "one" {}',
    );
    await root.terraform(...APPLY);
    const head = async () => {
      const object = { Bucket: bucket, Key: key };
      const { ServerSideEncryption, SSEKMSKeyId, ContentType } = await places
        .s3()
        .send(new HeadObjectCommand(object));
      return { ServerSideEncryption, SSEKMSKeyId, ContentType };
    };
    const before = await head();
    expect(before).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kms });
    const base = await readStored(store);
    await store.compareAndSwap(base, nextOf(base));
    expect(await head()).toEqual(before);
    await root.terraform(...APPLY);
  });
});
