import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

import type { FleetDiagnosis } from '../../src/diagnosis/diagnosis.js';
import { findProgram } from '../../src/find-program.js';
import { successEnvelope } from '../../src/ui/envelope.js';
import { ailing, fleet, row } from '../unit/support/diagnoses.js';
import { fleetOf, HOSTILE } from '../unit/support/hostile.js';
import { requires } from './support/requires.js';
import { runCli } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

const describeInBrowser = await requires(['chromium']);

/** A chain of resources that depend on a suspect: wider than a telephone. */
const chain: FleetDiagnosis = {
  accounts: [
    {
      ...ailing,
      resources: [
        ...ailing.resources,
        ...Array.from({ length: 6 }, (_, i) =>
          row(`aws_sns_topic.alarms-${i}`, {
            dependencies: [i === 0 ? 'aws_db_instance.booking-db' : `aws_sns_topic.alarms-${i - 1}`],
          }),
        ),
      ],
    },
  ],
};

describeInBrowser('a report in a browser', () => {
  const home = useTempDir();
  let browser: Browser;

  beforeAll(async () => {
    const executablePath = await findProgram('chromium', process.env['PATH'] ?? '');
    browser = await chromium.launch({ executablePath: executablePath ?? 'chromium' });
  });
  afterAll(() => browser.close());

  /** Opens the report that the CLI makes of a diagnosis, and collects what the browser complains about. */
  async function open(
    diagnosis: FleetDiagnosis,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[] }> {
    await writeFile(join(home(), 'a.json'), JSON.stringify(successEnvelope('diagnose', diagnosis)));
    const { stderr } = await runCli(['report', 'merge', 'a.json', '--report', 'a.html'], home());
    expect(stderr).toBe(`report: ${join(home(), 'a.html')}\n`);
    const page = await browser.newPage({ reducedMotion: 'reduce', ...options });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(home(), 'a.html')).href);
    return { page, complaints };
  }

  const evaluate = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression);

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [400, 'light'],
    [400, 'dark'],
  ] as const)('fits into %d pixels (%s)', async (width, colorScheme) => {
    for (const diagnosis of [chain, fleet]) {
      const { page, complaints } = await open(diagnosis, { viewport: { width, height: 800 }, colorScheme });
      expect(await evaluate(page, 'document.documentElement.scrollWidth')).toBe(width);
      const paper = await evaluate<string>(page, 'getComputedStyle(document.body).backgroundColor');
      expect(paper).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 23, 26)');
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  test('can be used with the keyboard alone', async () => {
    const { page, complaints } = await open(chain, { viewport: { width: 400, height: 800 } });
    const { keyboard } = page;
    const focus = (): Promise<string> =>
      evaluate(page, 'document.activeElement.tagName + "." + document.activeElement.className');
    await keyboard.press('Tab');
    expect(await focus()).toBe('A.skip');
    await keyboard.press('Enter');
    expect(await focus()).toBe('MAIN.');
    await keyboard.press('Tab');
    expect(await focus()).toBe('SUMMARY.');
    await keyboard.press('Enter');
    expect(await page.locator('details').first().getAttribute('open')).toBeNull();
    while ((await focus()) !== 'DIV.scroll') await keyboard.press('Tab');
    await keyboard.press('ArrowRight');
    while ((await evaluate<number>(page, 'document.activeElement.scrollLeft')) === 0) await setTimeout(20);
    await keyboard.press('Tab');
    expect(await evaluate(page, 'document.activeElement.id')).toBe('filter');
    await keyboard.type('missing PG15');
    await page.getByText('1 of 11 resources', { exact: true }).waitFor();
    expect(await page.locator('#resources tbody tr:visible').count()).toBe(1);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#finding-1-1');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('has its landmarks, headings and tables for those who listen', async () => {
    const { page } = await open(fleet);
    const landmarks = page.locator('header, main, footer');
    expect(await landmarks.count()).toBe(3);
    expect(await page.getByRole('table').count()).toBe(2);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('3 accounts');
    expect(await page.getByRole('table', { name: 'Resources' }).getByRole('row').count()).toBe(7);
    expect(await page.getByRole('searchbox', { name: 'Filter' }).count()).toBe(1);
    const description = await page.getByRole('img').locator('desc').textContent();
    expect(description).toContain('aws_db_instance.booking-db on aws_db_parameter_group.booking-db-pg15');
    await page.close();
  });

  test('is all there without its script, but for the filter box', async () => {
    const { page } = await open(fleet, { javaScriptEnabled: false });
    expect(await page.locator('#resources tbody tr').count()).toBe(6);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    await page.close();
  });

  test('stays usable with 10,000 resources: what is far from the screen is not laid out', async () => {
    const resources = Array.from({ length: 10_000 }, (_, i) => row(`module.m.aws_sqs_queue.orders-${i}`));
    const { page, complaints } = await open({ accounts: [{ ...ailing, resources }] });
    const hidden =
      '[...document.querySelectorAll("#resources tbody")].filter((body) => !body.rows[0].checkVisibility({contentVisibilityAuto: true})).length';
    expect(await evaluate<number>(page, hidden)).toBeGreaterThan(90);
    await page.fill('#filter', 'orders-777');
    await page.getByText('11 of 10000 resources', { exact: true }).waitFor();
    await page.fill('#filter', '');
    await page.getByText('10000 resources', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('shows hostile text as text', async () => {
    const { page, complaints } = await open({ accounts: HOSTILE.flatMap((text) => fleetOf(text).accounts) });
    expect(await page.locator('script, img, iframe, object, link[rel=stylesheet]').count()).toBe(1);
    expect(await page.locator('.finding').count()).toBe(2 * HOSTILE.length);
    const headings = await page.locator('.finding h3').allTextContents();
    expect(headings).toContain(`aws_sqs_queue.${HOSTILE[0] ?? ''}`);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
