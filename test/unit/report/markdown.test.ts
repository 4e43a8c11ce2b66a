import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked, type Token } from 'marked';

import { markdownReport } from '../../../src/report/markdown.js';
import { cellCode, code, tableRow, text } from '../../../src/report/markdown-text.js';
import { ailing, fleet, healthy, row } from '../support/diagnoses.js';
import { fleetOf, HOSTILE } from '../support/hostile.js';

const context = { madeAt: Date.UTC(2026, 10, 20, 10, 30), version: '1.2.3' };

/**
 * The kinds of everything in a document but its plain text, as a Markdown parser sees it. An address of the web that
 * stands there as it is may be a link: it hides nothing.
 */
function structure(markdown: string): string[] {
  const kinds: string[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    const { type } = token;
    if (type === 'link' && token.text === token.href) return;
    if (!['text', 'escape', 'space'].includes(type)) kinds.push(type);
  });
  return kinds;
}

/** What a reader sees of one paragraph. */
function rendered(markdown: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return marked
    .parseInline(markdown, { async: false })
    .replaceAll(/<\/?code>/g, '')
    .replaceAll(/&(\w+|#39);/g, (entity, name: string) => entities[name] ?? entity);
}

describe('a report as Markdown', () => {
  const report = markdownReport(fleet, context);

  test('has the suspect with its repair, ready to be copied', () => {
    expect(report).toContain('### danger: `aws_db_parameter_group.booking-db-pg15`');
    expect(report).toContain(
      '```sh\ntfrepair state rm aws_db_parameter_group.booking-db-pg15 --account ferries-prod\n```',
    );
    expect(report).toContain('- the next plan: create `aws_db_parameter_group.booking-db-pg15`');
    expect(report).toContain('**Leave the state alone:** The next apply puts the policy back.');
  });

  test('tells what depends on the suspects', () => {
    expect(report).toContain('- `aws_db_instance.booking-db`: `aws_cloudwatch_metric_alarm.booking-db-cpu`');
  });

  test('lists the resources that are not well, and counts the others', () => {
    const rows = [...report.matchAll(/^\| (missing|failed|drifted|refreshed) /gm)].map(
      ([, status]) => status,
    );
    expect(rows).toEqual(['missing', 'failed', 'drifted']);
    expect(report).toContain('2 other resources: nothing found.');
  });

  test('cuts a table that would be too long for a comment', () => {
    const resources = Array.from({ length: 250 }, (_, i) => row(`aws_s.q${i}`, { status: 'missing' }));
    const cut = markdownReport({ accounts: [{ ...ailing, resources }] }, context);
    expect(cut.match(/^\| missing/gm)).toHaveLength(200);
    expect(cut).toContain('50 more resources not shown.');
  });

  test('says of several accounts how they fare, and names none that is fine', () => {
    expect(report).toContain('1 with findings, 1 failed, 1 fine.');
    expect(report).not.toContain('ferries-stage');
    expect(markdownReport({ accounts: [healthy] }, context)).toContain('Nothing is wrong.');
  });
});

describe('text from outside', () => {
  const harmless = structure(markdownReport(fleetOf('harmless'), context));

  test.each(HOSTILE.filter((text) => !text.includes('|')))('is text, and never markup: %j', (text) => {
    expect(structure(markdownReport(fleetOf(text), context))).toEqual(harmless);
  });

  test('keeps its place in a table, bars and all', () => {
    const cell = fc.string({ unit: fc.constantFrom('|', '\\', '`', 'a', ' ', '<', '&') });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 3, maxLength: 3 }), (cells) => {
        const markdown = ['| a | b | c |', '|---|---|---|', tableRow(cells.map(cellCode))].join('\n');
        const [table] = marked.lexer(markdown);
        if (table?.type !== 'table') throw new Error('no table');
        expect((table as { rows: unknown[][] }).rows.map((row) => row.length)).toEqual([3]);
      }),
    );
  });

  test('is read as it was, in prose and as code', () => {
    const word = fc
      .string({
        unit: fc.constantFrom(
          'a',
          '_',
          '*',
          '`',
          '[',
          ']',
          '(',
          ')',
          '<',
          '>',
          '\\',
          '&',
          '#',
          '~',
          '!',
          'lt;',
        ),
      })
      .map((raw) => `x${raw}x`);
    fc.assert(
      fc.property(word, (raw) => {
        expect(rendered(text(raw))).toBe(raw);
        expect(rendered(code(raw))).toBe(raw);
      }),
    );
  });
});
