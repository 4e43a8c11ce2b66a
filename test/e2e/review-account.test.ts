import type { IncomingMessage } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DeleteUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';

import { startSlowProxy, type Hold } from '../support/slow-proxy.js';
import { requires } from './support/requires.js';
import { runCli, type CliResult } from './support/run-cli.js';
import { openStage, type Stage } from './support/stage.js';
import { startCli } from './support/start-cli.js';

const describe = await requires(['terraform', 'moto_server', 'aws-provider']);

const USER = 'aws_iam_user.booking-stage-exporter';
const USER_NAME = 'booking-stage-exporter';
const TIMEOUT = 300_000;
const CONFIRM = ['--confirm', 'ferries-stage:1'];

type Who = 'operator' | 'reviewer';

describe('two people and the state of an account', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage([USER, 'aws_iam_user.booking-stage-queues']);
  }, TIMEOUT);
  afterAll(() => stage.close());
  afterEach(() => stage.sandbox.enforceAuth(false));

  /** Each person has a home, and so a journal and backups, of their own. */
  async function homeOf(who: Who): Promise<string> {
    const home = join(stage.home, who);
    await mkdir(home, { recursive: true });
    return home;
  }

  async function as(who: Who, args: readonly string[]): Promise<CliResult> {
    const env = stage.sandbox.envOf(stage.account, who);
    return runCli([...args, '--account', stage.account.name], await homeOf(who), { env, timeout: TIMEOUT });
  }

  /** @returns the digest of a request that lies beside the state */
  async function requested(...operation: readonly string[]): Promise<string> {
    const why = ['--reason', 'deleted by hand', '--accept-running-loop', 'a test', '--share', '--json'];
    const asked = await as('operator', ['state', ...operation, ...why]);
    expect(asked).toMatchObject({ exitCode: 4, stdout: expect.stringContaining('"shared"') });
    const { result } = JSON.parse(asked.stdout) as {
      result: { request: { digest: string; shared: string; maker: string } };
    };
    expect(result.request.shared).toMatch(/^s3:\/\/.*\.tfrepair\/[0-9a-f]{64}\/request$/);
    expect(result.request.maker).toBe('sts');
    return result.request.digest;
  }

  async function approved(digest: string): Promise<CliResult> {
    const reviewed = await as('reviewer', ['review', digest, ...CONFIRM, '--share', '--no-aws']);
    expect(reviewed).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Approved by') });
    return reviewed;
  }

  async function executed(request: string, ...more: readonly string[]): Promise<unknown> {
    const done = await as('operator', ['state', 'execute', request, '--json', ...more]);
    expect(done).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"result"') });
    return (JSON.parse(done.stdout) as { result: unknown }).result;
  }

  async function hasUser(): Promise<boolean> {
    return (await stage.state()).includes(`"${USER_NAME}"`);
  }

  async function serial(): Promise<number> {
    return (JSON.parse(await stage.state()) as { serial: number }).serial;
  }

  test(
    'write where every signature is checked, also that of the proof',
    async () => {
      await stage.sandbox.enforceAuth(true);
      const file = join(stage.home, 'request.json');
      const why = ['--reason', 'deleted by hand', '--accept-running-loop', 'a test', '--request-out', file];
      expect(await as('operator', ['state', 'rm', USER, ...why])).toMatchObject({ exitCode: 4, stderr: '' });
      const { stdout } = await as('reviewer', ['review', file, ...CONFIRM, '--no-aws']);
      expect(await executed(file, '--verify', 'none', '--approval', stdout.trim())).toMatchObject({
        approvers: [{ person: 'sasha', proof: expect.stringMatching(/^sts at /) as unknown }],
        plan: { kind: 'skipped' },
      });
      expect(await hasUser()).toBe(false);
    },
    TIMEOUT,
  );

  test(
    'find each other beside the state, and restore what was there',
    async () => {
      const before = await serial();
      const back = await requested('restore', String(before - 1));
      const { stderr } = await approved(back);
      expect(stderr).toContain(`${USER} comes into the state`);
      await executed(back, '--verify', 'none');
      expect(await hasUser()).toBe(true);
      expect(await serial()).toBe(before + 1);
    },
    TIMEOUT,
  );

  test(
    "have terraform's own hand checked by terraform, and then an import",
    async () => {
      const request = await requested('rm', USER, '--engine', 'terraform');
      expect((await approved(request)).stderr).toMatch(/computed by terraform\s+state/);
      await executed(request, '--verify', 'none');
      expect(await hasUser()).toBe(false);

      const back = await requested('import', USER, USER_NAME);
      const { stderr } = await approved(back);
      expect(stderr).toContain(`${USER} comes into the state`);
      expect(stderr).toMatch(new RegExp(`id: +${USER_NAME}`));
      expect(await executed(back)).toMatchObject({ plan: { kind: 'as-expected' } });
      expect(await hasUser()).toBe(true);
    },
    TIMEOUT,
  );

  const beside = async (suffix: string): Promise<string[]> => {
    const { bucket, key } = stage.account.state;
    const { Contents = [] } = await stage.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key }));
    return Contents.flatMap(({ Key = '' }) => (Key.endsWith(suffix) ? [Key] : []));
  };

  /** Executes, and is killed when the state is on its way to S3. */
  async function killed(digest: string, hold: Hold): Promise<void> {
    const { bucket, key } = stage.account.state;
    const isWrite = ({ method, url = '' }: IncomingMessage): boolean =>
      method === 'PUT' && url.split('?')[0] === `/${bucket}/${key}`;
    const proxy = await startSlowProxy(stage.sandbox.endpoint, isWrite, hold);
    const env = { ...stage.sandbox.envOf(stage.account, 'operator'), AWS_ENDPOINT_URL_S3: proxy.origin };
    const args = ['state', 'execute', digest, '--account', stage.account.name];
    const { child, result } = startCli(args, await homeOf('operator'), { env });
    await Promise.race([proxy.reached, result]);
    child.kill('SIGKILL');
    expect(await result).toMatchObject({ signal: 'SIGKILL' });
    await proxy.close();
  }

  test(
    'go on after the one who wrote was killed: the state is as before or as approved, and resume says which',
    async () => {
      const before = await stage.state();
      const spent = (await beside('.spent')).length;
      const request = await requested('rm', USER);
      await approved(request);
      await killed(request, 'at the beginning of its body');
      expect(await stage.state()).toBe(before);
      const hasty = await as('operator', ['state', 'execute', request]);
      expect(hasty).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('state resume') });
      const resumed = await as('operator', ['state', 'resume']);
      expect(resumed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('as before') });
      expect(await beside('.spent')).toHaveLength(spent);

      await killed(request, 'before its answer');
      expect(await hasUser()).toBe(false);
      const again = await as('operator', ['state', 'resume']);
      expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('as approved') });
      expect(await beside('.spent')).toHaveLength(spent + 1);
      expect(await beside('.tflock')).toEqual([]);
      const twice = await as('operator', ['state', 'execute', request]);
      expect(twice).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('executed before') });
      const back = await requested('restore', String((await serial()) - 1));
      await approved(back);
      await executed(back, '--verify', 'none');
      expect(await hasUser()).toBe(true);
    },
    TIMEOUT,
  );

  test(
    'see what the diagnosis has found, and nothing of other addresses',
    async () => {
      const iam = new IAMClient({ ...stage.sdk });
      await iam.send(new DeleteUserCommand({ UserName: USER_NAME }));
      iam.destroy();
      const { stdout } = await stage.diagnose();
      const file = join(stage.home, 'diagnosis.json');
      await writeFile(file, stdout);
      const request = await requested('rm', USER, '--evidence', file);
      const { stderr } = await approved(request);
      const found = [...stderr.matchAll(/finding: +[a-z-]+\s+([^\s:]+)/g)].map(([, address]) => address);
      expect(new Set(found)).toEqual(new Set([USER]));
    },
    TIMEOUT,
  );
});
