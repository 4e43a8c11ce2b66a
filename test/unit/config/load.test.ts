import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { loadConfig, parseConfig } from '../../../src/config/load.js';
import { FailedError, type TfrepairError } from '../../../src/errors.js';

const CANARY = 'canary-5f1c';

function failureOf(text: string): TfrepairError {
  try {
    parseConfig(text, 'c.toml');
  } catch (error) {
    if (error instanceof FailedError) return error;
    throw error;
  }
  throw new Error('the text was accepted');
}

describe('a mistake in our part of the file', () => {
  test.each([
    ['an unknown key', '[tfrepair]\nterraform = "x"', 'unknown key tfrepair.terraform'],
    ['a nested unknown key', '[tfrepair.server]\nhots = "x"', 'unknown key tfrepair.server.hots'],
    [
      'a number for text',
      '[tfrepair]\nterraform_bin = 7',
      'tfrepair.terraform_bin must be a string, not a number',
    ],
    [
      'text for a number',
      '[tfrepair.server]\nport = "x"',
      'tfrepair.server.port must be a number, not a string',
    ],
    ['an array for text', '[tfrepair]\nschemas = ["x"]', 'tfrepair.schemas must be a string, not an array'],
    ['a date for text', '[tfrepair]\nschemas = 1979-05-27', 'tfrepair.schemas must be a string, not a date'],
    ['text for a table', '[tfrepair]\nserver = "x"', 'tfrepair.server must be a table, not a string'],
    ['text for the section', 'tfrepair = "x"', 'tfrepair must be a table, not a string'],
    ['empty text', '[tfrepair]\nterraform_bin = ""', 'tfrepair.terraform_bin must be text that is not empty'],
    ['a port too high', '[tfrepair.server]\nport = 65536', 'tfrepair.server.port must be at most 65535'],
    ['a negative port', '[tfrepair.server]\nport = -1', 'tfrepair.server.port must be at least 0'],
    ['a broken port', '[tfrepair.server]\nport = 1.5', 'tfrepair.server.port must be a whole number'],
    ['no backup kept', '[tfrepair.backup]\nkeep_count = 0', 'tfrepair.backup.keep_count must be at least 1'],
    [
      'no age recipient',
      '[tfrepair.backup]\nrecipients = ["age1qqqq", "ssh-rsa x"]',
      'tfrepair.backup.recipients.1 must be an age recipient, which begins with age1',
    ],
    [
      'nobody to encrypt for',
      '[tfrepair.backup]\nrecipients = []',
      'tfrepair.backup.recipients must be an array that is not empty',
    ],
    ['a missing key', '[tfrepair.gitlab]\ntoken = "x"', 'tfrepair.gitlab.url is missing'],
    ['no URL', '[tfrepair.gitlab]\nurl = "x"', 'tfrepair.gitlab.url must be an http or https URL'],
    [
      'another scheme',
      '[tfrepair.gitlab]\nurl = "localhost:4000"',
      'tfrepair.gitlab.url must be an http or https URL',
    ],
    [
      'a URL with a password',
      '[tfrepair.jenkins]\nurl = "http://u:p@example.com/"',
      'tfrepair.jenkins.url must be a URL without a user or password in it',
    ],
    ['a number for a secret', '[vault]\ntoken = 7', 'vault.token must be a string, not a number'],
  ])('%s is named with its path', (_what, text, problem) => {
    const error = failureOf(text);
    expect(error.code).toBe('ConfigInvalid');
    expect(error.message).toBe(`c.toml: ${problem}`);
    expect(error.hint).toContain('docs/configuration.md');
  });

  test('two mistakes are named at once', () => {
    expect(failureOf('[tfrepair]\na = 1\nschemas = 2').message).toBe(
      'c.toml: tfrepair.schemas must be a string, not a number; unknown key tfrepair.a',
    );
  });

  test.each([
    ['of the wrong type', `[tfrepair]\nterraform_bin = ["${CANARY}"]`],
    ['of an unknown key', `[tfrepair]\nx = "${CANARY}"`],
    ['that is no URL', `[tfrepair.gitlab]\nurl = "${CANARY}"`],
    ['in a password', `[tfrepair.gitlab]\nurl = "https://u:${CANARY}@example.com/"`],
    ['on a line with a syntax error', `[graphql]\ntoken = "${CANARY}" "`],
    ['beside a line with a syntax error', `[graphql]\ntoken = "${CANARY}"\nx = \n`],
    ['that is a broken date', `x = 2026-13-45 # ${CANARY}`],
  ])('a value %s is never repeated', (_what, text) => {
    const error = failureOf(text);
    expect(inspect(error, { depth: 10 })).not.toContain(CANARY);
  });
});

describe('a TOML syntax error', () => {
  test.each([
    ['', '[tfrepair]\nschemas = \n', 'c.toml:2:'],
    ['after CRLF line ends', '[tfrepair]\r\n\r\nschemas = "\r\n', 'c.toml:3:12'],
  ])('is placed by line and column %s', (_what, text, place) => {
    const error = failureOf(text);
    expect(error.code).toBe('ConfigSyntax');
    expect(error.message).toContain(place);
    expect(error.message).not.toContain('\n');
  });
});

describe('what belongs to others', () => {
  test('is left alone, whatever it is', () => {
    const others = 'big = 99999999999999999999\n[smtp]\nmail_address = 7\n[graphql]\nother = [1]\n[tfrepair]';
    expect(parseConfig(others, 'c.toml').tfrepair).toEqual({});
  });
});

describe('the file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tfrepair-config-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  async function file(name: string, content: string | Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  test('is none when nothing names one', async () => {
    expect((await loadConfig(undefined, {})).file).toBeUndefined();
    expect((await loadConfig(undefined, { QONTRACT_CONFIG: '' })).file).toBeUndefined();
  });

  test('is the one of the flag before the one of QONTRACT_CONFIG', async () => {
    const byFlag = await file('flag.toml', '[tfrepair]\nschemas = "flag"');
    const byEnv = await file('env.toml', '[tfrepair]\nschemas = "env"');
    expect((await loadConfig(byFlag, { QONTRACT_CONFIG: byEnv })).tfrepair.schemas).toBe('flag');
    expect((await loadConfig(undefined, { QONTRACT_CONFIG: byEnv })).tfrepair.schemas).toBe('env');
  });

  test('may start with a byte order mark and end its lines as Windows does', async () => {
    const path = await file('windows.toml', '\uFEFF[tfrepair]\r\nschemas = "x"\r\n');
    expect((await loadConfig(path, {})).tfrepair.schemas).toBe('x');
  });

  async function refusal(path: string): Promise<string> {
    const error: unknown = await loadConfig(path, {}).catch((thrown: unknown) => thrown);
    if (!(error instanceof FailedError)) throw new Error('the file was accepted');
    expect(error.code).toBe('ConfigUnreadable');
    expect(error.message).toContain(path);
    return error.message;
  }

  test('is refused with the reason when it does not exist', async () => {
    expect(await refusal(join(folder, 'absent.toml'))).toContain('it does not exist');
  });

  test('is refused with the reason when it is a directory', async () => {
    const path = join(folder, 'folder.toml');
    await mkdir(path);
    expect(await refusal(path)).toContain('it is a directory');
  });

  test('is refused with the reason when it is larger than a MiB', async () => {
    const path = await file('huge.toml', Buffer.alloc(1024 * 1024 + 1, '#'));
    expect(await refusal(path)).toContain('it is larger than 1048576 bytes');
  });

  test('is read up to a MiB', async () => {
    const path = await file('large.toml', Buffer.alloc(1024 * 1024, '#'));
    expect((await loadConfig(path, {})).file).toBe(path);
  });

  test('is refused with the reason when it is not text', async () => {
    expect(await refusal(await file('binary.toml', Buffer.from([0xff, 0xfe, 0x00])))).toContain('not UTF-8');
  });

  test('is refused with the reason of the system when it is unreadable otherwise', async () => {
    const path = join(await file('plain.toml', ''), 'below-a-file.toml');
    expect(await refusal(path)).toContain('ENOTDIR');
  });
});

describe('secrets', () => {
  const config = parseConfig(
    [
      `[graphql]\ntoken = "${CANARY}"\nother = "${CANARY}"`,
      `[vault]\nsecret_id = "${CANARY}"\nother = "${CANARY}"`,
      `[smtp]\npassword = "${CANARY}"`,
      `[creds.terraform.acme]\naws_secret_access_key = "${CANARY}"`,
      `[tfrepair.gitlab]\nurl = "https://gitlab.example.com"\ntoken = "${CANARY}"`,
    ].join('\n'),
    'c.toml',
  );

  test('never show when a configuration is printed', () => {
    expect(JSON.stringify(config)).not.toContain(CANARY);
    expect(inspect(config, { depth: 20, showHidden: true })).not.toContain(CANARY);
    expect(String(config.secrets) + String(config.graphql.token)).not.toContain(CANARY);
  });

  test('are there for those who ask', () => {
    expect(config.graphql.token?.reveal()).toBe(CANARY);
    expect(config.tfrepair.gitlab?.token?.reveal()).toBe(CANARY);
  });
});
