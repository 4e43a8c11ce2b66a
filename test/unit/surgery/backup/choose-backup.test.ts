import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { backedUpState, openBackups } from '../../../../src/surgery/backup/backups.js';
import { chooseBackup } from '../../../../src/surgery/backup/choose-backup.js';
import type { FoundState, StateStore } from '../../../../src/surgery/store/store.js';
import { storedState } from '../../../../src/surgery/store/stored-state.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { startFaultyProxy, type FaultyProxy } from '../../../support/faulty-proxy.js';
import { openStore, stateOf } from '../../../support/s3-store.js';
import { startS3Server, type S3Server } from '../../../support/s3-server.js';

const PATH = '/states/acme/prod.tfstate';
const LABEL = 's3://states/acme/prod.tfstate';

let server: S3Server;
let proxy: FaultyProxy;
let store: StateStore;

beforeEach(async () => {
  server = await startS3Server({ versioned: true });
  proxy = await startFaultyProxy(server.origin);
  store = await openStore(proxy.origin);
});

afterEach(async () => {
  store.close();
  await proxy.close();
  await server.close();
  delete process.env['AWS_ENDPOINT_URL'];
});

/** @returns the version of it */
async function put(bytes: Buffer, path = PATH): Promise<string> {
  const { headers } = await fetch(`${server.origin}${path}`, { method: 'PUT', body: new Uint8Array(bytes) });
  return headers.get('x-amz-version-id') ?? '';
}

describe('the serial of an earlier state', () => {
  const home = useTempDir();
  const choose = (serial: number): Promise<FoundState> => {
    const places = { folder: join(home(), 'backups'), cwd: home(), identity: undefined };
    return chooseBackup(String(serial), places, 'acme', store);
  };

  test('is that of a backup first', async () => {
    await put(stateOf(7));
    await put(stateOf(8));
    const backups = openBackups(join(home(), 'backups'), () => 0, undefined);
    const { file } = await backups.keep(storedState(stateOf(7), '', 'it'), backedUpState('acme', store));
    expect(await choose(7)).toMatchObject({ state: { bytes: stateOf(7) }, place: `the backup ${file}` });
  });

  test('is else that of the newest version with it, of the same state', async () => {
    await put(stateOf(7, { tried: 1 }));
    const version = await put(stateOf(7, { tried: 2 }));
    await put(stateOf(7, { lineage: 'of another state' }));
    await put(Buffer.from('nonsense'));
    await put(Buffer.from('{"serial": 7, "lineage": 7}'));
    await put(stateOf(7), `${PATH}.bak`);
    for (let serial = 8; serial < 30; serial++) await put(stateOf(serial));
    proxy.requests.length = 0;
    expect(await choose(7)).toMatchObject({
      ...{ state: { bytes: stateOf(7, { tried: 2 }), serial: 7 }, place: `version ${version} of ${LABEL}` },
    });
    const whole = proxy.requests.filter((line) => line.includes('versionId'));
    expect(whole.length).toBeLessThan(35);
    const { sha256 } = storedState(stateOf(7, { tried: 1 }), '', 'it');
    const { lineage } = storedState(stateOf(7), '', 'it');
    const wanted = { serial: 7, lineage, sha256 };
    expect(await store.findEarlier?.(wanted)).toMatchObject({ state: { bytes: stateOf(7, { tried: 1 }) } });
  });

  test('is found in any layout', async () => {
    const odd = Buffer.from(`{"resources":[],"lineage":"5f1bb8b4-6f5a-4d4c-9c2a-0f6c1f3b8f10","serial":7}`);
    await put(odd);
    await put(stateOf(8));
    expect(await choose(7)).toMatchObject({ state: { bytes: odd } });
  });

  test('that nothing has is said', async () => {
    await put(stateOf(8));
    await expect(choose(7)).rejects.toMatchObject({
      ...{ code: 'BackupMissing', message: expect.stringContaining(`nor a version of ${LABEL}`) as unknown },
    });
  });

  test('that may not be looked for among the versions is said', async () => {
    await put(stateOf(8));
    const body = '<Error><Code>AccessDenied</Code><Message>no</Message></Error>';
    proxy.fault = ({ url }) => (url.includes('versions') ? { kind: 'answer', status: 403, body } : undefined);
    await expect(choose(7)).rejects.toMatchObject({
      ...{ code: 'VersionsUnreadable', hint: 'check what the profile acme may do there' },
    });
  });
});
