import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the fake does when it is asked to render. */
export interface FakeBehaviour {
  readonly generation: 'print-only' | 'print-to-file';
  /** Started by a program that is no Python script, as that of a container: nothing can be told by its sources. */
  readonly wrapped?: boolean;
  /** What it prints, by account, headers included; an account without a text gets an empty answer. */
  readonly texts: Readonly<Record<string, string>>;
  /** Its log, on stderr. */
  readonly log?: string;
  readonly exitCode?: number;
  /** How long it takes, in milliseconds. */
  readonly takes?: number;
}

/** One rendering, as the fake saw it. */
export interface FakeCall {
  readonly args: readonly string[];
  /** The checksum that the server of its configuration file answered with. */
  readonly sha256: string;
  /** Its configuration file, as text. */
  readonly config: string;
  readonly cwd: string;
}

/**
 * A program that has the command line of qontract-reconcile (app-interface-aws §3.4) and refuses what that refuses: no
 * dry run, no configuration file or one that it cannot read, a server that does not answer, flags of the other
 * generation. The help of the sub-command comes after the configuration has been read, as there.
 */
const PROGRAM = `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
const behaviour = JSON.parse(readFileSync(new URL('behaviour.json', import.meta.url), 'utf8'));
const args = process.argv.slice(2);
const fail = (text, code = 2) => { process.stderr.write(text + '\\n'); process.exit(code); };
const flag = '--' + behaviour.generation;
const at = args.indexOf('terraform-resources');
const [common, own] = [args.slice(0, at), args.slice(at + 1)];
if (!common.includes('--config')) fail("Error: Missing option '--config'.");
if (at < 0 || !common.includes('--dry-run')) fail('Error: this would change the accounts');
const config = readFileSync(common[common.indexOf('--config') + 1], 'utf8');
const [, server] = /server = "([^"]+)"/.exec(config) ?? fail('KeyError: graphql');
const [, token] = /\\[graphql\\][^[]*token = "([^"]+)"/.exec(config) ?? [];
const answer = await fetch(new URL('/sha256', server), token ? { headers: { authorization: token } } : {});
if (!answer.ok) fail('reconcile.utils.gql.GqlApiError: Could not connect to GraphQL server', 1);
if (own.includes('--help')) {
  process.stdout.write('Usage: qontract-reconcile terraform-resources [OPTIONS]\\n  ' + flag + '\\n  --account-name TEXT\\n');
  process.exit(0);
}
if (!own.includes(flag)) fail('Error: No such option: ' + own[0]);
const call = { args, config, sha256: (await answer.text()).trim(), cwd: process.cwd() };
appendFileSync(new URL('calls.jsonl', import.meta.url), JSON.stringify(call) + '\\n');
await new Promise((done) => setTimeout(done, behaviour.takes ?? 0));
if (behaviour.log !== undefined) process.stderr.write(behaviour.log);
if (behaviour.exitCode) process.exit(behaviour.exitCode);
const accounts = own.flatMap((value, index) => (own[index - 1] === '--account-name' ? [value] : []));
const text = (accounts.length === 0 ? Object.keys(behaviour.texts) : accounts).map((name) => behaviour.texts[name] ?? '').join('');
if (behaviour.generation === 'print-only') process.stdout.write(text);
else writeFileSync(own[own.indexOf(flag) + 1], text);
`;

const WRAPPER = `#!/bin/sh
exec node "$0.js" "$@"
`;

/** The Python that it runs on, which answers what its sources say. */
const PYTHON = `#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const [, , first] = process.argv;
if (first === '-c') {
  const behaviour = JSON.parse(readFileSync(new URL('behaviour.json', import.meta.url), 'utf8'));
  process.stdout.write('--' + behaviour.generation + '\\n');
} else {
  process.argv.splice(1, 1);
  await import(pathToFileURL(first + '.js').href);
}
`;

/** A fake qontract-reconcile in a folder of its own. */
export class FakeReconcile {
  private constructor(
    /** To put on PATH. */
    readonly folder: string,
  ) {}

  static async install(parent: string, behaviour: FakeBehaviour): Promise<FakeReconcile> {
    const folder = join(parent, 'bin');
    await mkdir(folder, { recursive: true });
    // The folder's package.json makes the nameless scripts ES modules.
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'behaviour.json'), JSON.stringify(behaviour));
    await writeFile(join(folder, 'qontract-reconcile.js'), PROGRAM);
    await writeFile(join(folder, 'python3'), PYTHON, { mode: 0o755 });
    const script = behaviour.wrapped === true ? WRAPPER : `#!${join(folder, 'python3')}\n`;
    await writeFile(join(folder, 'qontract-reconcile'), script, { mode: 0o755 });
    return new FakeReconcile(folder);
  }

  /** The renderings so far. */
  async calls(): Promise<FakeCall[]> {
    const text = await readFile(join(this.folder, 'calls.jsonl'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as FakeCall);
  }
}
