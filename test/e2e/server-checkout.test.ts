import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { exampleFile } from '../support/example.js';
import { shaOf, smallBundle } from '../support/small-bundle.js';
import { requires } from './support/requires.js';
import { cleanEnv, runCli } from './support/run-cli.js';
import { runServer, type ServerProcess } from './support/run-server.js';
import { useTempDir } from './support/temp-dir.js';

const home = useTempDir();
const data = useTempDir();
let running: ServerProcess | undefined;

afterEach(async () => {
  await running?.stop('SIGKILL');
  running = undefined;
});

async function serve(...args: string[]): Promise<ServerProcess> {
  running = await runServer(args, home(), { cwd: data() });
  return running;
}

async function copyExample(): Promise<string> {
  const root = join(data(), 'app-interface');
  await cp(exampleFile('app-interface'), root, { recursive: true });
  return root;
}

const ACCOUNTS = '{ accounts: awsaccounts_v1 { name } }';
const accountFile = ['data', 'aws', 'ferries-stage', 'account.yml'];

describe('a checkout', () => {
  test('is served as the bundle that is made of it: with the same checksum', async () => {
    await copyExample();
    const { exitCode } = await runCli(
      ['bundle', '--app-interface', 'app-interface', '--out', 'b.json'],
      home(),
      { cwd: data() },
    );
    expect(exitCode).toBe(0);
    const server = await serve('--app-interface', 'app-interface');
    const { text } = await server.ask('/sha256');
    expect(text).toBe(shaOf(await readFile(join(data(), 'b.json'))));
    expect(await server.query(ACCOUNTS)).toMatchObject({
      data: { accounts: [{ name: 'ferries-prod' }, { name: 'ferries-stage' }] },
    });
  });
});

(await requires(['git']))('a checkout in a git repository', () => {
  test('is served with its commit, the next one too, and with the checksum of its bundle', async () => {
    const root = await copyExample();
    const git = (...args: string[]) =>
      execa('git', ['-C', root, ...args], { env: cleanEnv(home()), extendEnv: false });
    await git('init', '--quiet');
    await git('add', '.');
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    await git(...identity, 'commit', '--quiet', '--message', 'Start');
    const { stdout: head } = await git('rev-parse', 'HEAD');
    await runCli(['bundle', '--app-interface', root, '--out', 'b.json'], home(), { cwd: data() });
    const server = await serve('--watch', '--app-interface', root);
    expect((await server.ask('/git-commit')).text).toBe(head);
    expect((await server.ask('/sha256')).text).toBe(shaOf(await readFile(join(data(), 'b.json'))));

    await git(...identity, 'commit', '--quiet', '--allow-empty', '--message', 'Go on');
    await server.stderrWith('serving sha256');
    expect((await server.ask('/git-commit')).text).toBe((await git('rev-parse', 'HEAD')).stdout);
  });
});

describe('a server that watches a checkout', () => {
  let root: string;
  let file: string;
  let content: string;

  beforeEach(async () => {
    root = await copyExample();
    file = join(root, ...accountFile);
    content = await readFile(file, 'utf8');
  });

  test('serves a change, keeps the last good data while the checkout is broken, and says when it is mended', async () => {
    const server = await serve('--watch', '--app-interface', root);
    const { text: first } = await server.ask('/sha256');

    await writeFile(file, content.replace('name: ferries-stage', 'name: ferries-test'));
    await server.stderrWith('serving sha256');
    expect(await server.query(ACCOUNTS)).toMatchObject({
      data: { accounts: [{ name: 'ferries-prod' }, { name: 'ferries-test' }] },
    });

    await writeFile(file, 'name: [');
    expect(await server.stderrWith('still serving')).toMatch(/error: .*account\.yml/);
    expect(await server.query(ACCOUNTS)).toMatchObject({
      data: { accounts: [{ name: 'ferries-prod' }, { name: 'ferries-test' }] },
    });

    await writeFile(file, content);
    expect(await server.stderrWith('mended')).toContain(`mended, serving sha256 ${first}`);
    expect((await server.ask('/sha256')).text).toBe(first);
  });

  test('notices files that come and go', async () => {
    const server = await serve('--watch', '--app-interface', root);
    await rm(file);
    await server.stderrWith('serving sha256');
    expect(await server.query(ACCOUNTS)).toMatchObject({ data: { accounts: [{ name: 'ferries-prod' }] } });
    await writeFile(file, content);
    await server.stderrWith(/serving sha256[^]*serving sha256/);
    expect(await server.query(ACCOUNTS)).toMatchObject({
      data: { accounts: [{ name: 'ferries-prod' }, { name: 'ferries-stage' }] },
    });
  });

  test('ends well', async () => {
    const server = await serve('--watch', '--app-interface', root);
    expect(await server.stop('SIGINT')).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('a server that watches a bundle file', () => {
  const commits = ['aaaa', 'bbbb', 'cccc'].map((commit) => smallBundle({ commit }));

  test('serves it again after it was written, replaced, or broken and mended', async () => {
    const [first = Buffer.of(), second = Buffer.of(), third = Buffer.of()] = commits;
    const file = join(data(), 'b.json');
    await writeFile(file, first);
    const server = await serve('--watch', '--bundle', 'b.json');
    await writeFile(file, second);
    await server.stderrWith(`serving sha256 ${shaOf(second)}`);
    await writeFile(`${file}.new`, third);
    await rename(`${file}.new`, file);
    await server.stderrWith(`serving sha256 ${shaOf(third)}`);
    await rm(file);
    expect(await server.stderrWith('still serving')).toContain('b.json: it does not exist');
    await writeFile(file, third);
    await server.stderrWith(`mended, serving sha256 ${shaOf(third)}`);
    expect((await server.ask('/git-commit')).text).toBe('cccc');
  });
});
