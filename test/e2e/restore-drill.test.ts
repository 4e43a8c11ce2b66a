import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { readBackup } from '../../src/surgery/backup/read-backup.js';
import { computePost } from '../../src/surgery/engine/compute-post.js';
import { execute } from '../../src/surgery/engine/execute.js';
import { prepare } from '../../src/surgery/engine/prepare.js';
import { executionIn, wishOf } from '../support/surgery/execution.js';
import { readStored } from '../support/s3-store.js';
import { requires } from './support/requires.js';
import { messageOf, useS3Places } from './support/s3-places.js';
import { useTempDir } from './support/temp-dir.js';

const describeS3 = await requires(['terraform', 'moto_server']);

const CONFIG = `
resource "terraform_data" "one" { input = "kept" }
resource "terraform_data" "two" { count = 2 }
`;
const PLAN = ['plan', '-detailed-exitcode', '-no-color', '-input=false'];

describeS3('a state in S3 that was broken', () => {
  const places = useS3Places();
  const home = useTempDir();

  test.each([
    ['without locks', {}],
    ['with a lock object', { use_lockfile: true }],
  ])('is restored from its backup, and the plan is as before, %s', async (name, settings) => {
    const { root, store } = await places.open(`drill-${name.replaceAll(' ', '-')}`, settings, CONFIG);
    await root.terraform('apply', '-auto-approve', '-no-color');
    await root.terraform(...PLAN);
    const before = await readStored(store);
    const occasion = { now: Date.now, nonce: () => 'e'.repeat(64) };
    const operations = [{ op: 'rm', addresses: ['terraform_data.one', 'terraform_data.two[1]'] }] as const;
    const folder = join(home(), name.replaceAll(' ', '-'));

    const breaking = await prepare(wishOf({ operations }), store, occasion);
    const { backup } = await execute(
      breaking.request,
      executionIn(folder, store, { now: Date.now, keepCopy: true }),
    );
    const said = messageOf(await root.terraform(...PLAN).catch((error: unknown) => error));
    expect(said).toContain('2 to add, 0 to change, 0 to destroy');

    const earlier = await readBackup(backup.file, undefined);
    const { sha256, serial } = earlier;
    expect({ sha256, serial }).toEqual({ sha256: before.sha256, serial: before.serial });
    const kept = await store.findEarlier?.({ serial, lineage: before.lineage });
    expect(kept?.state.sha256).toBe(before.sha256);
    const wish = wishOf({ operations: [{ op: 'restore', sha256, serial }], earlier });
    const restoring = await prepare(wish, store, occasion);
    expect(restoring.changes.map(({ kind }) => kind)).toEqual(['added', 'added']);
    const compute: Parameters<typeof executionIn>[2] = {
      now: Date.now,
      compute: (base, request) => Promise.resolve(computePost(base, request.operations, earlier).bytes),
    };
    const { state } = await execute(restoring.request, executionIn(folder, store, compute));
    expect(state.serial).toBe(before.serial + 2);
    await root.terraform(...PLAN);
    expect(await store.currentLock()).toBeUndefined();
  });
});
