import { Args, Config, Flags } from '@oclif/core';
import { beforeAll, describe, expect, test } from '@jest/globals';

import { BaseCommand } from '../../../src/ui/base-command.js';
import { describeParseError, type ParseFailure } from '../../../src/ui/parse-error.js';

class Sample extends BaseCommand {
  static override args = { address: Args.string({ required: true, ignoreStdin: true, description: 'what' }) };
  static override flags = {
    account: Flags.string({ exclusive: ['all'] }),
    all: Flags.boolean(),
    engine: Flags.string({ options: ['native', 'terraform'] }),
    jobs: Flags.integer({ min: 1 }),
    owner: Flags.string({ dependsOn: ['account'] }),
  };

  async run(): Promise<void> {
    await this.parse(Sample);
  }

  /** oclif's own error, before the base command reports it. */
  protected override catch(thrown: Error): Promise<void> {
    throw thrown;
  }
}

class Strict extends BaseCommand {
  static override flags = { ...Sample.flags, dir: Flags.string({ required: true }) };

  async run(): Promise<void> {
    await this.parse(Strict);
  }

  protected override catch(thrown: Error): Promise<void> {
    throw thrown;
  }
}

describe("oclif's parse errors, in our words", () => {
  let config: Config;
  beforeAll(async () => {
    config = await Config.load({ root: process.cwd() });
  });

  async function failure(run: Promise<unknown>): Promise<ParseFailure> {
    const error: unknown = await run.catch((thrown: unknown) => thrown);
    if (!(error instanceof Error)) throw new Error('the command line was accepted');
    return describeParseError(error, [...Object.keys(Sample.flags), 'json', 'h']);
  }

  test.each([
    ['an unknown flag', ['--acount=x', 'a'], 'unknown flag --acount', 'did you mean --account?'],
    ['an unknown flag like no other', ['--zzzzzzzz', 'a'], 'unknown flag --zzzzzzzz', 'add --help'],
    ['an unknown flag with a value', ['--jsn=canary', 'a'], 'unknown flag --jsn', 'did you mean --json?'],
    ['a short flag', ['-q', 'a'], 'unknown flag -q', 'add --help'],
    ['two unknown flags', ['--jsn', '--al', 'a'], 'unknown flag --jsn, --al', 'did you mean --json, --all?'],
    ['a missing argument', [], 'missing 1 required arg: address: what', 'add --help'],
    ['an extra argument', ['a', 'b'], 'unexpected argument: b', 'add --help'],
    ['a flag without its value', ['a', '--account'], 'flag --account expects a value', 'add --help'],
    ['a flag twice', ['a', '--jobs=1', '--jobs=2'], 'flag --jobs can only be specified once', 'add --help'],
    [
      'a value off the list',
      ['a', '--engine=x'],
      'expected --engine=x to be one of: native, terraform',
      '--help',
    ],
    ['a word for a number', ['a', '--jobs=x'], '--jobs: expected an integer but received: x', 'add --help'],
    [
      'a flag that needs another',
      ['a', '--owner=x'],
      'all of the following must be provided when using --owner: --account',
      'add --help',
    ],
  ])('%s', async (_what, argv, message, hint) => {
    const described = await failure(Sample.run(argv, config));
    expect(described.message).toContain(message);
    expect(described.hint).toContain(hint);
    expect(described.message).not.toMatch(/[\u001B\n]|See more help/);
  });

  test('two mistakes at once are told apart', async () => {
    expect((await failure(Strict.run(['--all', '--account=x'], config))).message).toBe(
      '--all=true cannot also be provided when using --account; missing required flag --dir',
    );
  });
});
