import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import type { RepairReport } from '../../src/repair/report.js';
import { openDesks, type Desk } from './support/desk.js';
import { CTRL_C, ENTER, PtyUser } from './support/pty.js';
import { requires } from './support/requires.js';
import { runCli, type CliResult } from './support/run-cli.js';
import { startCli } from './support/start-cli.js';
import { createTempDir } from './support/temp-dir.js';
import { initRealRoot, type RealRoot } from './support/terraform-root.js';

const describeRepairs = await requires(['terraform', 'ssh-keygen', 'python3']);

const OLD = `resource "terraform_data" "orders" {}\nresource "terraform_data" "kept" {}\n`;
const NEW = `resource "terraform_data" "kept" {}\n`;

describeRepairs('a guided repair of a folder', () => {
  let folder: string;
  let root: RealRoot;
  let maker: Desk;
  let reviewer: Desk;
  let people: PtyUser[];

  beforeEach(async () => {
    folder = await createTempDir();
    root = await initRealRoot(join(folder, 'orders'), { 'main.tf': OLD });
    await root.terraform('apply', '-auto-approve', '-no-color');
    await writeFile(join(root.folder, 'main.tf'), NEW);
    [maker, reviewer] = await openDesks(folder, ['jdoe', 'rroe']);
    people = [];
  }, 60_000);

  afterEach(async () => {
    for (const person of people) person.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const run = ({ home, env }: Desk, ...args: readonly string[]): Promise<CliResult> =>
    runCli(args, home, { env });

  function sit(
    { home, env }: Desk,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): PtyUser {
    const person = new PtyUser(args, home, { env: { ...env, ...more } });
    people.push(person);
    return person;
  }

  /** Up to the request, which it returns the id of. */
  async function toRequest(person: PtyUser): Promise<string> {
    await person.answers('What shall be repaired?', '1', ENTER);
    await person.answers('How?', '3', ENTER);
    await person.sees('- terraform_data.orders');
    await person.answers('Nothing is written yet.', '1', ENTER);
    await person.answers('Why?', 'taken out on purpose', ENTER);
    await person.answers('Ticket', 'FERRY-1', ENTER);
    await person.sees('is written down');
    return /Request ([0-9a-f]{12}) is written down/.exec(person.screen)?.[1] ?? '';
  }

  const addresses = async (): Promise<unknown> => (await root.terraform('state', 'list')).stdout;

  async function expectRepaired(): Promise<void> {
    expect(await addresses()).toBe('terraform_data.kept');
    await root.terraform('plan', '-detailed-exitcode', '-no-color');
  }

  /** Without a terminal: a request that waits. */
  async function asked(): Promise<NonNullable<RepairReport['request']>> {
    const words = ['--finding', 'not-in-config', '--repair', '3', '--reason', 'on purpose', '--json'];
    const { stdout, exitCode } = await run(maker, 'repair', '--dir', root.folder, ...words);
    expect(exitCode).toBe(4);
    const { result } = JSON.parse(stdout) as { result: RepairReport };
    expect(result).toMatchObject({ outcome: 'handed-over', finding: { address: 'terraform_data.orders' } });
    if (result.request === undefined) throw new Error('there is no request');
    return result.request;
  }

  /** The reviewer's token. */
  async function approved(file: string): Promise<string> {
    const words = ['--confirm', 'orders:1', '--dir', root.folder];
    const { stdout, exitCode, stderr } = await run(reviewer, 'review', file, ...words);
    if (exitCode !== 0) throw new Error(stderr);
    return stdout.trim();
  }

  test('two people at two terminals repair a state, and meet beside it', async () => {
    const one = sit(maker, ['repair', '--dir', root.folder]);
    const id = await toRequest(one);
    await one.answers('How shall the request reach', '2', ENTER);
    await one.sees(`tfrepair review ${id}`);
    await one.answers('How shall the request reach', ENTER);
    await one.answers('A second person has to approve', '2', ENTER);
    await one.sees('Waiting for an approval');
    const two = sit(reviewer, ['review', id, '--dir', root.folder, '--share']);
    await two.sees('taken out on purpose');
    await two.answers('type the name of the root', 'orders', ENTER);
    await two.answers('number of instances', '1', ENTER);
    expect(await two.ends()).toBe(0);
    await one.sees('Approved by rroe (ssh).');
    await one.answers('DANGER: this writes the Terraform state of orders.');
    await one.answers('type its name', 'orders', ENTER);
    await one.sees('- backing the state up');
    await one.sees('as expected');
    await one.answers('Anything else?', ENTER);
    expect(await one.ends()).toBe(0);
    await expectRepaired();
  }, 120_000);

  test('the colleague at the same terminal is another person, or nobody', async () => {
    const one = sit(maker, ['repair', '--dir', root.folder], { TERM: 'dumb' });
    await toRequest(one);
    await one.answers('How shall the request reach', ENTER);
    await one.answers('A second person has to approve', '4', ENTER);
    await one.answers("The colleague's SSH key", maker.key, ENTER);
    await one.sees('Refused: ');
    await one.answers('A second person has to approve', '4', ENTER);
    await one.answers("The colleague's SSH key", reviewer.key, ENTER);
    await one.answers('types the name, orders', 'orders', ENTER);
    await one.answers('how many objects', '1', ENTER);
    await one.answers('type its name', 'order', ENTER);
    await one.answers('that is not orders', 'orders', ENTER);
    await one.answers('Anything else?', ENTER);
    expect(await one.ends()).toBe(0);
    await expectRepaired();
    // Nothing but lines: neither colours nor a cursor that moves.
    expect(one.raw).not.toContain('\u001B');
  }, 120_000);

  test('Ctrl-C while the request waits is safe, and the session goes on later without a terminal', async () => {
    const one = sit(maker, ['repair', '--dir', root.folder]);
    const id = await toRequest(one);
    await one.answers('How shall the request reach', ENTER);
    await one.answers('A second person has to approve', CTRL_C);
    await one.sees(`request ${id} waits in`);
    await one.sees(`tfrepair repair --resume ${id}`);
    expect(await one.ends()).toBe(130);
    expect(await addresses()).toContain('terraform_data.orders');
    const token = await approved(join(maker.home, '.local/share/tfrepair/requests', `${id}.json`));
    const { exitCode, stdout } = await run(
      maker,
      'repair',
      '--resume',
      id,
      '--approval',
      token,
      '--confirm',
      'orders',
    );
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('is carried out'),
    });
    await expectRepaired();
    const again = await run(maker, 'repair', '--resume', id, '--approval', token, '--confirm', 'orders');
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the state is as approved') });
  }, 120_000);

  test('a bare Enter at every question writes nothing', async () => {
    const one = sit(maker, ['repair', '--dir', root.folder]);
    await one.answers('What shall be repaired?', ENTER);
    expect(await one.ends()).toBe(4);
    expect(await addresses()).toContain('terraform_data.orders');
  }, 60_000);

  test('without a terminal and without flags the flags are named', async () => {
    const { exitCode, stderr } = await run(maker, 'repair', '--dir', root.folder);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--finding') });
  }, 60_000);

  test('a state that changed after the review is left alone', async () => {
    const { id, file } = await asked();
    const token = await approved(file);
    await writeFile(join(root.folder, 'main.tf'), `${OLD}output "x" {\n  value = 1\n}\n`);
    await root.terraform('apply', '-auto-approve', '-no-color');
    const { exitCode } = await run(
      maker,
      'repair',
      '--resume',
      id,
      '--approval',
      token,
      '--confirm',
      'orders',
    );
    expect(exitCode).toBe(5);
    expect(await addresses()).toContain('terraform_data.orders');
  }, 120_000);

  test.each([
    ['the maker alone', [], 4],
    ['a wrong last word', ['--confirm', 'other'], 2],
  ])(
    '%s writes nothing',
    async (_, words, exitCode) => {
      const { id, file } = await asked();
      const token = words.length === 0 ? [] : ['--approval', await approved(file)];
      expect(await run(maker, 'repair', '--resume', id, ...token, ...words)).toMatchObject({ exitCode });
      expect(await addresses()).toContain('terraform_data.orders');
    },
    120_000,
  );

  test('one whose process is killed while it writes goes on where the state is', async () => {
    const { id, file } = await asked();
    const words = ['repair', '--resume', id, '--approval', await approved(file), '--confirm', 'orders'];
    const { child, result } = startCli(words, maker.home, { env: maker.env });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('writing the state')) child.kill('SIGKILL');
    });
    await result;
    const { exitCode, stderr } = await run(maker, ...words);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('was cut short'),
    });
    await expectRepaired();
  }, 120_000);
});
