import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { runCli, type CliResult } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

const home = useTempDir();

const cli = (...args: string[]): Promise<CliResult> => runCli(args, home());

function document(text: string): {
  schemaVersion: number;
  command: string | null;
  error?: unknown;
  result?: unknown;
} {
  return JSON.parse(text) as ReturnType<typeof document>;
}

describe('help', () => {
  /** The commands and topics of the help of `topic`. */
  async function commandsIn(...topic: string[]): Promise<string[][]> {
    const { stdout } = await cli(...topic, '--help');
    const sections = stdout.split(/^(?=[A-Z]+$)/m).filter((text) => /^(?:COMMANDS|TOPICS)\n/.test(text));
    const names = sections.flatMap((text) => [...text.matchAll(/^ {2}(\S[\S ]*?)(?: {2,}|$)/gm)]);
    return names.map(([, name = '']) => name.split(' '));
  }

  /** Every command of ours, those in topics too. */
  async function allCommands(): Promise<string[][]> {
    const names = await commandsIn();
    expect(names).toEqual(expect.arrayContaining([['bundle'], ['doctor'], ['server'], ['state']]));
    const ours = names.filter(([name = '']) => !['help', 'autocomplete'].includes(name));
    const expanded = ours.map(async (name) => {
      const inTopic = await commandsIn(...name);
      return inTopic.length === 0 ? [name] : inTopic;
    });
    return (await Promise.all(expanded)).flat();
  }

  test('of every command fits 80 columns and has usage, description and examples', async () => {
    const commands = await allCommands();
    expect(commands).toEqual(expect.arrayContaining([['diagnose'], ['report', 'merge'], ['state', 'rm']]));
    for (const command of commands) {
      const { exitCode, stdout, stderr } = await cli(...command, '--help');
      expect({ command, exitCode, stderr }).toEqual({ command, exitCode: 0, stderr: '' });
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).toMatch(/^USAGE\n[^]*^GLOBAL FLAGS\n[^]*^DESCRIPTION\n[^]*^EXAMPLES\n/m);
    }
  });

  test('is shown without any argument, and by the help command', async () => {
    expect((await cli()).stdout).toContain('COMMANDS');
    expect((await cli('help', 'doctor')).stdout).toBe((await cli('doctor', '--help')).stdout);
  });

  test('gives the version', async () => {
    expect(await cli('--version')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^tfrepair\/\d/),
    });
  });
});

describe('wrong usage', () => {
  test.each([
    ['a mistyped command', ['doctro'], 'doctro is not a tfrepair command', 'did you mean tfrepair doctor?'],
    ['an unknown command', ['frobnicate'], 'frobnicate is not a tfrepair command', 'tfrepair --help'],
    ['an extra argument', ['doctor', 'please'], 'doctor takes no argument please', 'tfrepair doctor --help'],
    ['a flag without a command', ['--json=canary'], 'no command before --json', 'tfrepair --help'],
    ['a mistyped flag', ['doctor', '--onlin'], 'unknown flag --onlin', 'did you mean --online?'],
    [
      'a mistyped common flag',
      ['doctor', '--confg=canary'],
      'unknown flag --confg',
      'did you mean --config?',
    ],
    ['a missing value', ['doctor', '--for'], 'flag --for expects a value', '--help'],
    ['an unknown command to examine', ['doctor', '--for', 'dianose'], 'no command "dianose"', 'diagnose?'],
    ['help on an unknown command', ['help', 'doctro'], 'command doctro not found', '--help'],
  ])('%s is refused with exit code 2 and says what next', async (_what, args, message, hint) => {
    const { exitCode, stdout, stderr } = await cli(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    const [error = '', next = '', ...rest] = stderr.trimEnd().split('\n');
    expect(error).toBe(`error: ${error.slice(7)}`);
    expect(error).toContain(message);
    expect(next).toMatch(/^Next: /);
    expect(next).toContain(hint);
    expect(rest).toEqual([]);
    expect(stderr).not.toContain('canary');
  });

  test('shows no stack trace, also with --verbose', async () => {
    expect((await cli('doctor', '--verbose', '--onlin')).stderr).not.toContain('    at ');
  });
});

describe('--json', () => {
  test.each([
    ['a parse error', ['doctor', '--json', '--onlin'], 'doctor', 'UnknownFlag', 2],
    ['an unknown command', ['doctro', '--json'], null, 'CommandNotFound', 2],
    ['an unknown name', ['doctor', '--for', 'x', '--json'], 'doctor', 'UnknownCommand', 2],
    ['a broken configuration', ['doctor', '--json', '--config', 'absent'], 'doctor', 'ConfigUnreadable', 1],
  ])(
    'makes one document of %s, on stdout, and nothing else',
    async (_what, args, command, code, exitCode) => {
      const result = await cli(...args);
      expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode, stderr: '' });
      expect(document(result.stdout)).toEqual({
        schemaVersion: 1,
        command,
        error: expect.objectContaining({ code, exitCode }),
      });
    },
  );

  test('makes one document of a result', async () => {
    const { exitCode, stdout } = await cli('doctor', '--json');
    expect(exitCode).toBe(0);
    expect(document(stdout)).toMatchObject({ schemaVersion: 1, command: 'doctor', result: { ready: true } });
  });

  test('after -- is no flag', async () => {
    const { exitCode, stdout, stderr } = await cli('doctor', '--', '--json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('error: unexpected argument: --json');
  });
});

describe('colours', () => {
  const coloured = { env: { FORCE_COLOR: '1' } };

  test.each([
    ['without a terminal', [], {}],
    ['with NO_COLOR, even when forced', [], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }],
    ['with --no-color, even when forced', ['--no-color'], coloured],
  ])('are off %s', async (_when, flags, options) => {
    const outputs = await Promise.all([
      runCli(['doctor', ...flags], home(), options),
      runCli(['doctor', '--onlin', ...flags], home(), options),
      runCli(['doctor', '--help', ...flags], home(), options),
    ]);
    for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain('\u001B');
  });

  test('are there when forced', async () => {
    expect((await runCli(['doctor'], home(), coloured)).stdout).toContain('\u001B[');
    expect((await runCli(['doctor', '--onlin'], home(), coloured)).stderr).toContain('\u001B[');
  });
});

describe('a broken configuration', () => {
  test('is named with the path of the key, and never with its value', async () => {
    const file = join(home(), 'config.toml');
    await writeFile(file, '[tfrepair]\nterraform_bin = ["canary"]\n');
    const { exitCode, stdout, stderr } = await runCli(['doctor'], home(), { env: { QONTRACT_CONFIG: file } });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`error: ${file}: tfrepair.terraform_bin must be a string, not an array\nNext: `);
    expect(stderr).not.toContain('canary');
  });
});

describe('a setting', () => {
  /** A program that says that it is this version of terraform. */
  async function terraform(version: string): Promise<string> {
    const file = join(home(), `terraform-${version}`);
    await writeFile(file, `#!/bin/sh\necho "Terraform v${version}"\n`);
    await chmod(file, 0o755);
    return file;
  }

  test('is taken from the flag, then from the environment, then from the file', async () => {
    const config = join(home(), 'config.toml');
    await writeFile(config, `[tfrepair]\nterraform_bin = "${await terraform('1.1.1')}"\n`);
    const flag = ['--terraform-bin', await terraform('1.3.3')];
    const env = { TFREPAIR_TERRAFORM_BIN: await terraform('1.2.2') };
    const found = async (
      args: string[],
      options: { env?: Record<string, string> },
    ): Promise<string | undefined> => {
      const { stdout } = await runCli(['doctor', '--config', config, ...args], home(), options);
      return /terraform (\d\S*)$/m.exec(stdout)?.[1];
    };
    expect(await found(flag, { env })).toBe('1.3.3');
    expect(await found([], { env })).toBe('1.2.2');
    expect(await found([], { env: { TFREPAIR_TERRAFORM_BIN: '' } })).toBe('1.1.1');
    expect(await found([], {})).toBe('1.1.1');
  });
});
