import { createHash } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { FleetDiagnosis } from '../../../../src/diagnosis/diagnosis.js';
import { htmlReport } from '../../../../src/report/html/page.js';
import { ailing, changedPolicy, deletedGroup, fleet, healthy, row } from '../../support/diagnoses.js';
import { fleetOf, HOSTILE } from '../../support/hostile.js';

const context = { madeAt: Date.UTC(2026, 10, 20, 10, 30), version: '1.2.3' };
const page = (diagnosis: FleetDiagnosis): string => htmlReport(diagnosis, context);

/** The page's tags with their attributes' names: what a browser makes elements of. */
function skeleton(text: string): string[] {
  return (text.match(/<[^>]*>/g) ?? []).map((tag) => tag.replaceAll(/="[^"]*"/g, '=""'));
}

describe('a report as a page', () => {
  test('has the findings before the resources, and the suspect first', () => {
    const order = ['Findings', deletedGroup.summary.slice(1), '<figure', 'id="resources"'];
    const places = order.map((part) => page({ accounts: [ailing] }).indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('has a row for every resource, those that are not well first', () => {
    const rows = page(fleet).match(/<tr role="row"><td role="cell">.*/g) ?? [];
    expect(rows).toHaveLength(6);
    expect(rows[0]).toContain('missing');
    expect(rows[3]).toContain('refreshed');
  });

  test('links a resource to the finding that names it', () => {
    const text = page({ accounts: [{ ...ailing, findings: [changedPolicy, deletedGroup] }] });
    expect(text).toMatch(/booking-db-pg15<\/code>.*<a href="#finding-1-2">deleted-outside<\/a>/);
    expect(text).toContain('id="finding-1-2"');
  });

  test('tells of several accounts in a table, and in full only of those that are not fine', () => {
    const text = page(fleet);
    expect(text).toContain('<th scope="row">ferries-stage</th>');
    expect(text).toMatch(/<h2 id="root-\d-title">ferries-prod<\/h2>/);
    expect(text).not.toMatch(/<h2 id="root-\d-title">ferries-stage<\/h2>/);
  });

  test('says so when shards are missing', () => {
    expect(page({ ...fleet, missingShards: [2, 4] })).toMatch(/Incomplete:<\/strong> 2 shards missing: 2, 4/);
  });

  test('has a mark and a word for every severity', () => {
    const text = page({ accounts: [ailing] });
    for (const severity of ['danger', 'warning', 'notice']) {
      expect(text).toMatch(new RegExp(`class="badge ${severity}"><svg[^>]*><path[^>]*></svg>${severity}<`));
    }
  });

  test('asks nothing of any server', () => {
    const text = page(fleet);
    expect(text).not.toMatch(/\b(src|action|srcset|poster)=|@import|url\(|https?:/);
    const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(links.filter((href) => href?.startsWith('#') !== true)).toEqual(['data:,']);
  });

  test('allows its own style and script by their digests, and nothing else', () => {
    const text = page(fleet);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]?.replaceAll('&#39;', "'");
    const digestOf = (tag: string): string => {
      const [, content = ''] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(text) ?? [];
      return createHash('sha256').update(content).digest('base64');
    };
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${digestOf('style')}'; script-src 'sha256-${digestOf('script')}'; ` +
        `img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(text).not.toMatch(/ (style|on\w+)="/);
  });

  test('has every id once, and a target for every reference', () => {
    const text = page(fleet);
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const wanted = [...text.matchAll(/(?:href="#|aria-\w+="|for=")([\w-]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set([...ids, 'true', 'Command']);
    expect(wanted.filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('text from outside', () => {
  const harmless = skeleton(page(fleetOf('harmless')));

  test.each(HOSTILE)('is text, and never markup: %j', (text) => {
    expect(skeleton(page(fleetOf(text)))).toEqual(harmless);
  });

  test('is text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        // A dot begins a new part of an address, a bracket a key: other words, but the same elements.
        expect(skeleton(page(fleetOf(text)))).toEqual(harmless);
      }),
      { numRuns: 60 },
    );
  });

  test('shows what would be invisible or turn the text around', () => {
    expect(page(fleetOf('\u202Egnp.exe'))).toContain(String.raw`\u202egnp.exe`);
  });

  test('is left out where nobody asked for it: a secret beside the known fields stays out', () => {
    const canary = 'canary-5f2b9c';
    const attributes = { password: canary };
    const accounts = [
      {
        ...ailing,
        attributes,
        findings: [{ ...deletedGroup, attributes, id: undefined }],
        resources: [{ ...row('aws_sqs_queue.q'), attributes }],
      },
      healthy,
    ];
    expect(page({ accounts })).not.toContain(canary);
  });
});

test('a page grows with the resources, and no faster', () => {
  const size = (number: number): number =>
    page({
      accounts: [{ ...healthy, resources: Array.from({ length: number }, (_, i) => row(`aws_s.q${i}`)) }],
    }).length;
  const [none, some, many] = [size(0), size(1000), size(10_000)];
  expect((many - none) / (some - none)).toBeLessThan(11);
});
