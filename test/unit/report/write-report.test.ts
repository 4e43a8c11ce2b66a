import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { reportFormat, writeReport } from '../../../src/report/write-report.js';
import { fleet } from '../support/diagnoses.js';

const context = { madeAt: 0, version: '1.2.3' };
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfrepair-report-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('a report', () => {
  test.each([
    ['a.html', /^<!doctype html>/],
    ['a.md', /^# 3 accounts/],
  ])('is written as the name says (%s), for its owner alone', async (name, beginning) => {
    const file = await writeReport(fleet, join(folder, name), context);
    expect(await readFile(file, 'utf8')).toMatch(beginning);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('replaces an older one, and is for its owner alone then, too', async () => {
    const file = join(folder, 'a.md');
    await writeReport(fleet, file, context);
    await writeReport({ accounts: [] }, file, context);
    expect(await readFile(file, 'utf8')).toMatch(/^# 0 accounts/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('names the folder that is not there', async () => {
    const file = join(folder, 'none', 'a.html');
    await expect(writeReport(fleet, file, context)).rejects.toMatchObject({
      code: 'ReportUnwritable',
      message: expect.stringContaining(file),
    });
  });

  test.each(['a.HTM', 'b.markdown'])('knows %s', (name) => {
    expect(['html', 'markdown']).toContain(reportFormat(name));
  });

  test.each(['a.pdf', 'a', 'html', '.md'])('has no format for %s', (name) => {
    expect(() => reportFormat(name)).toThrow(
      expect.objectContaining({ code: 'ReportFormatUnknown', exitCode: 2 }),
    );
  });
});
