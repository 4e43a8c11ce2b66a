import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, expect } from '@jest/globals';
import { execa } from 'execa';

import { cleanEnv, runCli, type CliResult } from './run-cli.js';
import { useTempDir } from './temp-dir.js';

const CONFIG = `resource "terraform_data" "a" {\n  input = "a"\n}\nresource "terraform_data" "b" {\n  input = "b"\n}\n`;

/** For a test in which terraform runs, in milliseconds. */
export const TIMEOUT = 120_000;

/** A folder with a state in a file for each test, and people with SSH keys: the maker jdoe, rroe, and ppoe whom nobody knows. */
export function useSharedFolder() {
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

  /** What a person's own journal says of the requests on the folder, the latest first. */
  async function historyOf(who: string): Promise<{ text: string; requests: unknown }> {
    const text = await as(who, ['state', 'history']);
    const json = await as(who, ['state', 'history', '--json']);
    expect([text, json]).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
    expect(text.stdout).toContain('The journal is unbroken.');
    const { result } = JSON.parse(json.stdout) as { result: { requests: unknown } };
    return { text: text.stdout, requests: result.requests };
  }

  return { home, root, stateFile, state, addresses, as, requested, historyOf };
}
