import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { TfrepairError } from '../../../../src/errors.js';
import { execute, type Executed } from '../../../../src/surgery/engine/execute.js';
import { unfinishedRequests } from '../../../../src/surgery/engine/resume.js';
import type { StateStore } from '../../../../src/surgery/store/store.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { startFaultyProxy, type FaultyProxy } from '../../../support/faulty-proxy.js';
import { openStore } from '../../../support/s3-store.js';
import { startS3Server, type S3Server } from '../../../support/s3-server.js';
import { executionIn, prepared, queuesState, resumed } from '../../../support/surgery/execution.js';

const PATH = '/states/acme/prod.tfstate';
const BASE = queuesState(['a', 'b', 'c']);
const POST = queuesState(['b', 'c'], 8);

/** Requests that an undisturbed execution makes, with a copy beside the state; those of a removed probe matter to nobody. */
const REQUESTS = 20;

let server: S3Server;
let proxy: FaultyProxy;
let store: StateStore;

beforeEach(async () => {
  server = await startS3Server();
  proxy = await startFaultyProxy(server.origin);
  store = await openStore(proxy.origin);
  await fetch(`${server.origin}${PATH}`, { method: 'PUT', body: new Uint8Array(BASE) });
});

afterEach(async () => {
  store.close();
  await proxy.close();
  await server.close();
  delete process.env['AWS_ENDPOINT_URL'];
});

const now = (): Buffer | undefined => server.objects.get(PATH)?.bytes;
const besides = (): string[] =>
  [...server.objects.keys()]
    .filter((key) => key !== PATH && !key.endsWith('.backup'))
    .map((key) => key.slice(PATH.length));

describe('an execution in S3', () => {
  const home = useTempDir();

  async function executed(folder: string): Promise<Executed | TfrepairError> {
    const { request } = await prepared(store);
    proxy.requests.length = 0;
    return execute(request, executionIn(folder, store, { keepCopy: true })).catch((error: unknown) => {
      if (error instanceof TfrepairError) return error;
      throw error;
    });
  }

  test('makes the requests that are tried here', async () => {
    expect(await executed(home())).toMatchObject({ state: { serial: 8 } });
    expect(proxy.requests).toHaveLength(REQUESTS);
    expect(besides()).toEqual([expect.stringMatching(/^\.tfrepair\/[0-9a-f]{64}\.spent$/)]);
  });

  const FAULTS = [
    [
      'whose credentials expire',
      'ExpiredToken',
      400,
      'the credentials from the profile acme have expired: get new ones',
    ],
    ['on a machine with a wrong clock', 'RequestTimeTooSkewed', 403, "set this machine's clock"],
  ] as const;
  const TABLE = FAULTS.flatMap(([what, code, status, hint]) =>
    Array.from({ length: REQUESTS }, (_, index) => [what, index, { code, status, hint }] as const),
  );

  test.each(TABLE)(
    '%s before its request %i says so, and loses nothing',
    async (_what, index, { code, status, hint }) => {
      const { request } = await prepared(store);
      const body = `<Error><Code>${code}</Code><Message>no</Message></Error>`;
      let number = 0;
      proxy.fault = () => (number++ >= index ? { kind: 'answer', status, body } : undefined);
      const execution = executionIn(join(home(), 'data'), store, { keepCopy: true });
      const outcome = await execute(request, execution).catch((error: unknown) => error);
      if (!(outcome instanceof TfrepairError)) throw new Error('it did not fail');
      expect(outcome).toMatchObject({
        code: 'AttemptUnfinished',
        hint: expect.stringContaining(hint) as unknown,
      });
      expect(outcome.hint).toMatch(/tfrepair state resume [0-9a-f]{12}$/);
      const isWritten = now()?.equals(POST) === true;
      expect(isWritten || now()?.equals(BASE)).toBe(true);

      proxy.fault = () => undefined;
      const { journal } = execution;
      expect(await resumed(store, journal)).toMatchObject({ how: isWritten ? 'done' : 'rolled-back' });
      expect(now()).toEqual(isWritten ? POST : BASE);
      expect(besides().filter((key) => !key.startsWith('.tfrepair-probe'))).toHaveLength(isWritten ? 1 : 0);
      expect(await unfinishedRequests(journal, store.label, undefined)).toEqual([]);
    },
    30_000,
  );
});
