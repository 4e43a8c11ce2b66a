import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { PlanCollector } from '../../../../src/terraform/plan/collector.js';
import type { Diagnostic, Plan } from '../../../../src/terraform/plan/plan.js';
import { readLog, type LogReading } from '../../../../src/terraform/log/read-log.js';
import { planFixtureText } from '../../support/plan-fixtures.js';

async function* chunksOf(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  await Promise.resolve();
}

function read(text: string | Uint8Array, options = {}): Promise<LogReading> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return readLog(chunksOf(bytes, 1000), options);
}

/** What a log for people can tell of a plan; order and line breaks are not the same from run to run. */
function telling({ outcome, refreshes, changes, diagnostics }: Plan): unknown {
  return {
    outcome,
    refreshes: refreshes.map(({ address, id, type }) => [address, id, type]).toSorted(),
    changes: changes.toSorted((a, b) => a.address.localeCompare(b.address)),
    diagnostics: diagnostics.map(onOneLine),
  };
}

function onOneLine(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, detail: diagnostic.detail.replaceAll(/\s+/g, ' ').trim() };
}

const PLANS = ['drifted', 'newer-provider', 'locked', 'read-failed'];

/** What stands in front of lines, in the order of the lines. */
const PREFIXES: Readonly<Record<string, (line: string, index: number) => string>> = {
  'GitHub Actions': (line, index) => `2026-11-23T10:00:${10 + (index % 50)}.1234567Z ${line}`,
  'gh run view': (line, index) =>
    `plan\tRun terraform\t2026-11-23T10:00:${10 + (index % 50)}.1234567Z ${line}`,
  GitLab: (line, index) => `2026-11-23T10:00:${10 + (index % 50)}.123456Z 01O ${line}`,
  'Jenkins timestamps': (line, index) => `[2026-11-23T10:00:${10 + (index % 50)}.123Z] ${line}`,
  'Jenkins clock': (line, index) => `10:00:${10 + (index % 50)}  ${line}`,
  'qontract-reconcile': (line) =>
    `[2026-11-23 10:00:00] [ERROR] [DRY-RUN] [terraform_client.py:check_output:643] - [ferries-stage - plan] ${line}`,
  Terragrunt: (line, index) => `10:00:${10 + (index % 50)}.123 STDOUT [vpc] terraform: ${line}`,
  compose: (line) => `terraform-1  | ${line}`,
  'a test runner': (line) => `TestPlan 2026-11-23T10:00:00+02:00 logger.go:66: ${line}`,
  'Windows line ends': (line) => `${line}\r`,
};

describe('a log for people', () => {
  test.each(PLANS)('of the plan %s tells what the events of the same plan tell', async (name) => {
    const collector = new PlanCollector();
    for (const line of planFixtureText(`${name}.jsonl`).split('\n')) collector.line(line);
    const outcome = name === 'drifted' ? 'planned' : 'failed';
    const expected = telling(collector.result(outcome, undefined));
    for (const file of [`${name}.log`, `${name}.ansi.log`]) {
      const { plan, notes } = await read(planFixtureText(file));
      expect(telling(plan)).toEqual(expected);
      expect(notes).toEqual([]);
    }
  });

  test.each(Object.keys(PREFIXES).flatMap((prefix) => PLANS.map((name): [string, string] => [prefix, name])))(
    'with what %s puts in front tells the same of the plan %s',
    async (prefix, name) => {
      for (const file of [`${name}.log`, `${name}.ansi.log`]) {
        const text = planFixtureText(file);
        const lines = text.split('\n').map(PREFIXES[prefix] ?? String);
        expect(telling((await read(lines.join('\n'))).plan)).toEqual(telling((await read(text)).plan));
      }
    },
  );

  test('may lie between the lines of other programs', async () => {
    const text = planFixtureText('drifted.log');
    const other = ['$ terraform plan', '#5 DONE 0.3s', 'section_start:1700000000:plan\r\u001B[0K'];
    const after = ['', '[Pipeline] }', 'ERROR: Job failed: exit code 1'];
    const { plan } = await read([...other, text, ...after].join('\n'));
    expect(telling(plan)).toEqual(telling((await read(text)).plan));
  });

  test('of a diagnostic does not take what a CI system says afterwards for a part of it', async () => {
    const text = planFixtureText('newer-provider.log');
    const { plan } = await read(`${text}\nERROR: Job failed: exit code 1\n`);
    expect(plan.diagnostics[0]?.detail).toMatch(/to work with this state\.$/);
  });

  test('that PowerShell wrote is read from UTF-16', async () => {
    const text = planFixtureText('drifted.log');
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect(telling((await read(bytes)).plan)).toEqual(telling((await read(text)).plan));
  });
});

describe('a log of events', () => {
  test.each(PLANS)('%s is read as such, with anything in front', async (name) => {
    const text = planFixtureText(`${name}.jsonl`);
    const { plan, notes } = await read(text);
    const prefixed = text.split('\n').map((line) => `2026-11-23T10:00:00Z 01O ${line}`);
    expect((await read(prefixed.join('\n'))).plan).toEqual(plan);
    expect(notes).toEqual([]);
    expect(plan.version).toBe('1.11.4');
  });
});

describe('a log of several accounts', () => {
  const of = (account: string, text: string): string =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `[2026-11-23 10:00:00] [ERROR] - [${account} - plan] ${line}`)
      .join('\n');
  const both = [
    of('ferries', planFixtureText('newer-provider.log')),
    of('trains', planFixtureText('locked.log')),
  ];

  test('names them, and is read for one of them', async () => {
    const all = await read(both.join('\n'));
    expect(all.accounts).toEqual(['ferries', 'trains']);
    expect(all.notes).toEqual(['the log is of several accounts: ferries, trains']);
    const { plan } = await read(both.join('\n'), { account: 'trains' });
    expect(plan.refreshes).toEqual([]);
    expect(plan.diagnostics).toMatchObject([{ summary: 'Error acquiring the state lock' }]);
    expect(plan.diagnostics[0]?.detail).toContain('\n  Who:       somebody@somewhere\n');
  });

  test('keeps their diagnostics apart', async () => {
    const { plan } = await read(both.join('\n'));
    expect(plan.diagnostics.map(({ detail }) => detail.includes('newer provider'))).toEqual([true, false]);
  });
});

describe('what cannot be read', () => {
  test('of a log that was cut off is said', async () => {
    const text = planFixtureText('drifted.log');
    const { plan, notes } = await read(text.slice(0, 600));
    expect(plan.refreshes.length).toBeGreaterThan(5);
    expect(notes).toEqual([expect.stringContaining('ends before the plan does')]);
  });

  test('because it is no text is passed over, with a word', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0, 1, 2, 10, 255, 10]),
      Buffer.from(planFixtureText('drifted.log')),
    ]);
    const { plan, notes } = await read(bytes);
    expect(telling(plan)).toEqual(telling((await read(planFixtureText('drifted.log'))).plan));
    expect(notes).toEqual(['1 lines are no text; they were passed over']);
  });

  test('because it is no log of a plan at all is said', async () => {
    expect((await read('hello\n')).notes).toEqual(['nothing in the log is output of a terraform plan']);
    expect((await read('')).notes).toEqual(['nothing in the log is output of a terraform plan']);
  });

  test('because a line is endless is passed over', async () => {
    const { notes, plan } = await read(`${'x'.repeat(1_100_000)}\n${planFixtureText('locked.log')}`);
    expect(notes).toEqual(['1 lines are longer than 1048576 bytes; their ends were passed over']);
    expect(plan.diagnostics).toHaveLength(1);
  });

  test('never is a reason to fail: bytes of any kind, and pieces of logs in any order', async () => {
    const lines = PLANS.flatMap((name) => planFixtureText(`${name}.ansi.log`).split('\n'));
    const piece = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(...lines).map((line) => Buffer.from(`${line}\n`)),
      fc
        .constantFrom('│', '╷', '╵', 'Error: ', '# ', ': Refreshing state...', '[id=')
        .map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const { plan } = await read(Buffer.concat(pieces));
        expect(plan.refreshes.every(({ address, type }) => address.includes(type))).toBe(true);
      }),
    );
  });
});
