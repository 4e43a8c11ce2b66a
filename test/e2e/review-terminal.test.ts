import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, expect, test } from '@jest/globals';

import { execa } from 'execa';

import { openDesks, type Desk } from './support/desk.js';
import { ENTER, PtyUser } from './support/pty.js';
import { requires } from './support/requires.js';
import { runCli, type CliResult } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';
import { initRealRoot } from './support/terraform-root.js';

const describe = await requires(['terraform', 'ssh-keygen', 'python3']);

const CONFIG = 'resource "terraform_data" "many" { count = 21 }\nresource "terraform_data" "kept" {}\n';
const TIMEOUT = 120_000;

describe('somebody at a terminal', () => {
  const home = useTempDir();
  let maker: Desk;
  let reviewer: Desk;
  const root = (): string => join(home(), 'root');
  const state = (): Promise<string> => readFile(join(root(), 'terraform.tfstate'), 'utf8');

  beforeEach(async () => {
    await mkdir(root());
    const { terraform } = await initRealRoot(root(), { 'main.tf': CONFIG });
    await terraform('apply', '-auto-approve', '-no-color');
    [maker, reviewer] = await openDesks(home(), ['jdoe', 'rroe']);
  }, TIMEOUT);

  const run = ({ home: own, env }: Desk, ...args: readonly string[]): Promise<CliResult> =>
    runCli([...args, '--dir', root()], own, { env, timeout: TIMEOUT });

  async function sitting(
    { home: own, env }: Desk,
    args: readonly string[],
    act: (user: PtyUser) => Promise<void>,
  ): Promise<{ readonly code: number | null; readonly screen: string }> {
    const user = new PtyUser([...args, '--dir', root()], own, { env });
    try {
      await act(user);
      return { code: await user.ends(), screen: user.screen };
    } finally {
      user.kill();
    }
  }

  async function requested(...operation: readonly string[]): Promise<string> {
    const file = join(home(), 'request.json');
    const why = ['--reason', 'it is gone', '--request-out', file];
    expect(await run(maker, 'state', ...operation, ...why)).toMatchObject({ exitCode: 4 });
    return file;
  }

  test(
    'approves many instances by typing what they see, and nothing by anything else',
    async () => {
      const request = await requested('rm', 'terraform_data.many');
      const each = await run(reviewer, 'review', request, '--all-instances', '--confirm', 'root:20');
      expect(each).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('many[20]') });

      const wrong = await sitting(reviewer, ['review', request], async (user) => {
        await user.sees('--all-instances shows each of them');
        await user.answers('type the name of the root', 'root', ENTER);
        await user.answers('type the number of instances', ENTER);
      });
      expect(wrong).toMatchObject({ code: 2, screen: expect.not.stringContaining('tfra1.') });

      const out = join(home(), 'token.txt');
      const right = await sitting(reviewer, ['review', request, '--out', out], async (user) => {
        await user.sees('21  removed terraform_data');
        await user.answers('type the name of the root', 'root', ENTER);
        await user.answers('type the number of instances', '21', ENTER);
        await user.sees('Approved by rroe');
      });
      expect(right).toMatchObject({ code: 0, screen: expect.stringContaining('tfra1.') });
      expect(await state()).toContain('"many"');
      const done = await run(maker, 'state', 'execute', request, '--approval', out, '--verify', 'none');
      expect(done).toMatchObject({ exitCode: 0 });
      expect(await state()).not.toContain('"many"');
    },
    TIMEOUT,
  );

  test(
    'breaks the glass by typing the whole phrase, and not by Enter',
    async () => {
      const config = maker.env['QONTRACT_CONFIG'] ?? '';
      const text = await readFile(config, 'utf8');
      await writeFile(config, text.replace('ssh_key', 'break_glass = true\nssh_key'));
      const request = await requested('rm', 'terraform_data.many[0]');
      const before = await state();
      const words = ['state', 'break-glass', request, '--reason', 'nobody is awake', '--ticket', 'A-1'];
      const none = await sitting(maker, words, async (user) => {
        await user.sees('BREAK GLASS');
        await user.answers('Type "without a second person on root"', ENTER);
      });
      expect(none.code).toBe(2);
      expect(await state()).toBe(before);
      const done = await sitting(maker, words, async (user) => {
        await user.answers(
          'Type "without a second person on root"',
          'without a second person on root',
          ENTER,
        );
        await user.sees('To be reviewed afterwards');
      });
      expect(done.code).toBe(0);
      expect(await state()).not.toBe(before);
    },
    TIMEOUT,
  );

  test(
    'who executes somebody else’s request knows from the own history what it was about',
    async () => {
      const request = await requested('rm', 'terraform_data.many[0]');
      const confirm = ['--confirm', 'root:1', '--execute', '--verify', 'none'];
      expect(await run(reviewer, 'review', request, ...confirm)).toMatchObject({ exitCode: 0 });
      const { stdout } = await run(reviewer, 'state', 'history', '--json');
      expect(JSON.parse(stdout)).toMatchObject({
        result: {
          requests: [
            {
              operations: ['rm'],
              reason: 'it is gone',
              requester: expect.stringMatching(/^SHA256:/) as unknown,
              result: 'done',
            },
          ],
        },
      });
    },
    TIMEOUT,
  );

  test(
    'who reviews as one of two brings the word of the other one',
    async () => {
      const third = join(home(), 'ppoe');
      for (const { env } of [maker, reviewer]) {
        const config = env['QONTRACT_CONFIG'] ?? '';
        const text = await readFile(config, 'utf8');
        const people = `${text}[tfrepair.people.ppoe]\nssh_names = ["ppoe"]\n`;
        await writeFile(config, people.replace('ssh_key', 'reviewers = 2\nssh_key'));
      }
      const request = await requested('rm', 'terraform_data.many[0]');
      await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', third]);
      const signers = join(home(), 'signers');
      const key = await readFile(`${third}.pub`, 'utf8');
      await writeFile(signers, `${await readFile(signers, 'utf8')}ppoe ${key}`);
      const confirm = ['--confirm', 'root:1'];
      const other = await run(reviewer, 'review', request, ...confirm, '--ssh-key', third);
      expect(other).toMatchObject({ exitCode: 0 });
      const execute = ['review', request, ...confirm, '--execute', '--verify', 'none'];
      const alone = await run(reviewer, ...execute);
      expect(alone).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('2 people') });
      const both = await run(reviewer, ...execute, '--approval', other.stdout.trim());
      expect(both).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('approved  by ppoe') });
    },
    TIMEOUT,
  );
});
