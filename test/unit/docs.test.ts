import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Command } from '@oclif/core';
import { describe, expect, test } from '@jest/globals';

import { TfrepairSection } from '../../src/config/schema.js';
import { FINDING_CODES } from '../../src/diagnosis/finding.js';
import { SEVERITIES } from '../../src/diagnosis/tally.js';
import { ExitCode } from '../../src/errors.js';
import { keysOf } from './support/config-keys.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

const read = (file: string): Promise<string> => readFile(join(ROOT, file), 'utf8');

/** The text below a heading, up to the next one of the same level. */
async function section(file: string, heading: string): Promise<string> {
  const [, text = ''] = (await read(file)).split(`\n## ${heading}\n`);
  return text.split('\n## ')[0] ?? '';
}

/** The first cell of every row of the tables in a text, without code marks. */
function firstCells(text: string): string[] {
  const rows = [...text.matchAll(/^\| *([^|]+?) *\|/gm)].map(([, cell = '']) => cell.replaceAll('`', ''));
  return rows.filter((cell, i) => !/^-+$/.test(cell) && !/^-+$/.test(rows[i + 1] ?? ''));
}

async function commandNames(): Promise<string[]> {
  const files = await readdir(join(ROOT, 'commands'), { recursive: true });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace(/\.ts$/, '').replaceAll(/[/\\]/g, ' '));
}

describe('docs/configuration.md', () => {
  test('lists the very keys of [tfrepair]', async () => {
    const documented = firstCells(await section('docs/configuration.md', 'Keys of `[tfrepair]`'));
    expect(documented.sort()).toEqual(keysOf(TfrepairSection.entries).sort());
  });

  test('names every environment variable that a flag reads', async () => {
    const text = await read('docs/configuration.md');
    for (const name of await commandNames()) {
      const module = (await import(join(ROOT, 'commands', ...name.split(' ')) + '.ts')) as {
        default: Command.Class;
      };
      for (const { env, summary = '' } of Object.values({
        ...module.default.baseFlags,
        ...module.default.flags,
      })) {
        const variable = env ?? /\[env: ([A-Z_]+)\]/.exec(summary)?.[1];
        if (variable !== undefined) expect(text).toContain(`\`${variable}\``);
      }
    }
  });
});

describe('docs/commands.md', () => {
  test('lists the very commands that exist', async () => {
    const [table = ''] = (await read('docs/commands.md')).split('\n## ');
    const documented = firstCells(table).map((cell) => cell.replace(/^tfrepair /, ''));
    expect(documented.sort()).toEqual((await commandNames()).sort());
  });

  test('lists the very exit codes that there are', async () => {
    const documented = firstCells(await section('docs/commands.md', 'Exit codes')).map(Number);
    expect(documented).toEqual(Object.values(ExitCode));
  });

  test('plans no command that exists', async () => {
    const planned = firstCells(await section('docs/commands.md', 'Planned')).join(', ');
    for (const name of await commandNames()) expect(planned).not.toMatch(new RegExp(`\\b${name}\\b`));
  });
});

test('docs/findings.md lists the very codes and severities that there are', async () => {
  expect(firstCells(await section('docs/findings.md', 'Codes'))).toEqual([...FINDING_CODES]);
  expect(firstCells(await section('docs/findings.md', 'Severities'))).toEqual([...SEVERITIES]);
});

test('every link between the pages leads somewhere', async () => {
  const docs = (await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md'));
  const pages = [...PAGES, ...docs.map((name) => `docs/${name}`)];
  const broken: string[] = [];
  for (const page of pages) {
    for (const [, link = ''] of (await read(page)).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file);
      const text = await read(target).catch(() => undefined);
      if (text === undefined || (anchor !== undefined && !headings(text).includes(anchor)))
        broken.push(`${page}: ${link}`);
    }
  }
  expect(broken).toEqual([]);
});

/** The anchors of a page's headings, as GitHub makes them. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
