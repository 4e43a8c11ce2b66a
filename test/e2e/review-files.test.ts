import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { requires } from './support/requires.js';
import { cleanEnv, runCli, type CliResult } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

const describe = await requires(['terraform', 'ssh-keygen']);

const CONFIG = `resource "terraform_data" "a" {\n  input = "a"\n}\nresource "terraform_data" "b" {\n  input = "b"\n}\n`;
const TIMEOUT = 120_000;

describe('two people with SSH keys and a state in a file', () => {
  const home = useTempDir();
  const root = (): string => join(home(), 'root');
  const stateFile = (): string => join(root(), 'terraform.tfstate');
  const state = (): Promise<string> => readFile(stateFile(), 'utf8');
  const addresses = async (): Promise<string[]> => {
    const { resources } = JSON.parse(await state()) as { resources: { type: string; name: string }[] };
    return resources.map(({ type, name }) => `${type}.${name}`);
  };

  beforeEach(async () => {
    await mkdir(root());
    await writeFile(join(root(), 'main.tf'), CONFIG);
    const options = { cwd: root(), env: cleanEnv(home()), extendEnv: false };
    await execa('terraform', ['init', '-input=false'], options);
    await execa('terraform', ['apply', '-auto-approve', '-input=false'], options);
    const signers: string[] = [];
    for (const who of ['jdoe', 'rroe', 'ppoe']) {
      const key = join(home(), who);
      await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', who, '-f', key]);
      signers.push(`${who}@example.com ${(await readFile(`${key}.pub`, 'utf8')).trim()}`);
    }
    await writeFile(join(home(), 'signers'), `${signers.join('\n')}\n`);
  }, TIMEOUT);

  async function configOf(who: string, more = ''): Promise<string> {
    const file = join(home(), `${who}.toml`);
    const people = ['jdoe', 'rroe'].map(
      (name) => `[tfrepair.people.${name}]\nssh_names = ["${name}@example.com"]\n`,
    );
    const approval = `[tfrepair.approval]\nallowed_signers = "signers"\nssh_key = "${who}"\n${more}`;
    await writeFile(file, `${approval}\n${people.join('\n')}`);
    return file;
  }

  /** Each person has a home, and so a journal, of their own. */
  async function as(who: string, args: readonly string[], more?: string): Promise<CliResult> {
    const own = join(home(), `home-${who}`);
    await mkdir(own, { recursive: true });
    const config = await configOf(who, more);
    return runCli([...args, '--dir', root(), '--config', config], own, { timeout: TIMEOUT });
  }

  async function requested(operation = ['rm', 'terraform_data.a']): Promise<string> {
    const file = join(home(), `request-${Math.random()}.json`);
    const asked = await as('jdoe', ['state', ...operation, '--reason', 'it is gone', '--request-out', file]);
    expect(asked).toMatchObject({ exitCode: 4 });
    expect(asked.stdout).toContain(`tfrepair review ${file} --dir ${root()}`);
    expect(asked.stdout).toContain('signed by you (ssh)');
    return file;
  }

  test(
    'ask, review and execute: the state is as approved, and the next plan is the one that was foretold',
    async () => {
      const request = await requested();
      const before = await state();
      const reviewed = await as('rroe', ['review', request, '--confirm', 'root:1']);
      expect(reviewed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^tfra1\.[\w-]+\n$/) });
      for (const seen of ['terraform_data.a is forgotten', 'it is gone', 'jdoe', 'create terraform_data.a']) {
        expect(reviewed.stderr).toContain(seen);
      }
      expect(await state()).toBe(before);
      const approval = reviewed.stdout.trim();
      const done = await as('jdoe', ['state', 'execute', request, '--approval', approval, '--json']);
      expect(done).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(done.stdout)).toMatchObject({
        result: {
          approvers: [{ person: 'rroe', proof: 'ssh' }],
          plan: { kind: 'as-expected', planned: [{ address: 'terraform_data.a', action: 'create' }] },
        },
      });
      expect(done.stderr).toMatch(/taking the lock[^]*writing the state[^]*reading it back/);
      expect(await addresses()).toEqual(['terraform_data.b']);

      const again = await as('jdoe', ['state', 'execute', request, '--approval', approval]);
      expect(again).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('executed before') });
    },
    TIMEOUT,
  );

  test(
    'the maker is no second person, and neither is somebody whom nobody knows',
    async () => {
      const request = await requested();
      const own = await as('jdoe', ['review', request, '--confirm', 'root:1']);
      expect(own).toMatchObject({ exitCode: 4, stdout: '' });
      expect(own.stderr).toContain('the maker both use the SSH key');
      const stranger = await as('ppoe', ['review', request, '--confirm', 'root:1']);
      expect(stranger).toMatchObject({ exitCode: 4, stdout: '' });
      expect(stranger.stderr).toContain('nobody knows whose');
      expect(stranger.stderr).not.toContain('is forgotten');
      const none = await as('jdoe', ['state', 'execute', request]);
      expect(none).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('nobody has approved') });
      expect(await addresses()).toEqual(['terraform_data.a', 'terraform_data.b']);
    },
    TIMEOUT,
  );

  test(
    'nothing is approved unless what it is about is said',
    async () => {
      const request = await requested();
      const silent = await as('rroe', ['review', request]);
      expect(silent).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('--confirm') });
      const wrong = await as('rroe', ['review', request, '--confirm', 'root:2']);
      expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    },
    TIMEOUT,
  );

  test(
    'a state that was written since the review is left alone: exit code 5',
    async () => {
      const request = await requested();
      const { stdout } = await as('rroe', ['review', request, '--confirm', 'root:1']);
      const changed = (await state()).replace(
        /"serial": (\d+)/,
        (_, serial) => `"serial": ${Number(serial) + 1}`,
      );
      await writeFile(stateFile(), changed);
      const late = await as('jdoe', ['state', 'execute', request, '--approval', stdout.trim()]);
      expect(late).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('nothing was written') });
      expect(await state()).toBe(changed);
      const review = await as('rroe', ['review', request, '--confirm', 'root:1']);
      expect(review).toMatchObject({ exitCode: 4, stdout: '' });
      expect(review.stderr).toContain('the state has changed since the request was made');
    },
    TIMEOUT,
  );

  test(
    'a request that was tampered with is shown for what it is, and refused',
    async () => {
      const request = await requested();
      const { request: claimed } = JSON.parse(await readFile(request, 'utf8')) as {
        request: { post: { sha256: string }; expectedPlan: unknown[] };
      };
      claimed.post.sha256 = 'a'.repeat(64);
      claimed.expectedPlan = [];
      // Its keys stay in canonical order.
      const tampered = join(home(), 'tampered.json');
      await writeFile(tampered, JSON.stringify(claimed));
      const review = await as('rroe', ['review', tampered, '--confirm', 'root:1']);
      expect(review).toMatchObject({ exitCode: 4, stdout: '' });
      expect(review.stderr).toContain('This is not what the request says');
      expect(review.stderr).toContain('make another state than the request says');
      expect(review.stderr).toContain('create terraform_data.a, which the request does not say');
      const { stdout: token } = await as('rroe', ['review', request, '--confirm', 'root:1']);
      const rebound = await as('jdoe', ['state', 'execute', tampered, '--approval', token.trim()]);
      expect(rebound).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('about request') });
    },
    TIMEOUT,
  );

  test(
    'a rejection holds for good, also with an approval',
    async () => {
      const request = await requested();
      const { stdout: yes } = await as('rroe', ['review', request, '--confirm', 'root:1']);
      const no = await as('rroe', ['review', request, '--reject', '--reason', 'still in use']);
      expect(no).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^tfra1\./) });
      const approvals = ['--approval', yes.trim()];
      const refused = await as('jdoe', [
        'state',
        'execute',
        request,
        ...approvals,
        '--approval',
        no.stdout.trim(),
      ]);
      expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('still in use') });
      const later = await as('jdoe', ['state', 'execute', request, ...approvals]);
      expect(later).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('still in use') });
      expect(await addresses()).toHaveLength(2);
    },
    TIMEOUT,
  );

  test(
    'the reviewer writes it in the same breath, and both find each other beside the state',
    async () => {
      const shared = await as('jdoe', [
        'state',
        'mv',
        'terraform_data.a',
        'terraform_data.c',
        '--reason',
        'new name',
        '--share',
        '--json',
      ]);
      const { result } = JSON.parse(shared.stdout) as {
        result: { request: { digest: string; shared: string } };
      };
      expect(result.request.shared).toContain('terraform.tfstate.tfrepair');
      const id = result.request.digest.slice(0, 12);
      const left = await as('rroe', ['review', id, '--confirm', 'root:1', '--share', '--out', 'token.txt']);
      expect(left).toMatchObject({ exitCode: 0 });
      expect(await readFile(join(home(), 'home-rroe', 'token.txt'), 'utf8')).toBe(left.stdout);
      const done = await as('rroe', ['review', id, '--confirm', 'root:1', '--execute', '--verify', 'none']);
      expect(done).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('approved  by rroe (ssh') });
      expect(await addresses()).toEqual(['terraform_data.b', 'terraform_data.c']);
      const twice = await as('jdoe', ['state', 'execute', id]);
      expect(twice).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('nothing was written') });
    },
    TIMEOUT,
  );

  test(
    'the glass is broken only where it may be, by the maker, and never quietly',
    async () => {
      const request = await requested();
      const why = ['--reason', 'nobody is awake', '--ticket', 'A-1'];
      const phrase = ['--confirm', 'without a second person on root'];
      const off = await as('jdoe', ['state', 'break-glass', request, ...why, ...phrase]);
      expect(off).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('without a second person') });
      const on = 'break_glass = true\n';
      const silent = await as('jdoe', ['state', 'break-glass', request, ...why], on);
      expect(silent).toMatchObject({ exitCode: 2 });
      const other = await as('rroe', ['state', 'break-glass', request, ...why, ...phrase], on);
      expect(other).toMatchObject({ exitCode: 4 });
      expect(await addresses()).toHaveLength(2);
      const done = await as('jdoe', ['state', 'break-glass', request, ...why, ...phrase, '--json'], on);
      expect(done).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('BREAK GLASS') });
      const { result } = JSON.parse(done.stdout) as { result: { aftermath: string; approvers: unknown } };
      expect(result.approvers).toMatchObject([{ person: 'jdoe', proof: 'break-glass:ssh' }]);
      expect(JSON.parse(await readFile(result.aftermath, 'utf8'))).toMatchObject({
        statement: { decision: 'break-glass', reason: 'nobody is awake', ticket: 'A-1' },
      });
      expect(await addresses()).toEqual(['terraform_data.b']);
    },
    TIMEOUT,
  );
});
