import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { OwnedFinding, RootDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { renderDiagnosis } from '../../../src/ui/diagnosis-report.js';
import { ailing, changedPolicy, deletedGroup, healthy, unreachable } from '../support/diagnoses.js';

const plain = new Chalk({ level: 0 });
const coloured = new Chalk({ level: 1 });

const render = (root: RootDiagnosis, full = false, colour = plain, width = 80): string =>
  renderDiagnosis(root, { colour, width, full });

/** The first line that starts with this label, after the label. */
function labelled(text: string, label: string): string | undefined {
  return new RegExp(`^ *${label}: +(.*)$`, 'm').exec(text)?.[1];
}

const withFinding = (changes: Partial<OwnedFinding>): RootDiagnosis => ({
  ...ailing,
  findings: [{ ...deletedGroup, ...changes }],
});

describe('a diagnosis for people', () => {
  test('names the suspect, its evidence, its owner and the repair, in that order', () => {
    const text = render(ailing);
    const order = [
      'DANGER  aws_db_parameter_group.booking-db-pg15',
      'deleted outside Terraform',
      'DescribeDBParameterGroups',
      'booking (rds booking-db): @booking-oncall in #booking (ferries)',
      'forget the group',
      'tfrepair state rm aws_db_parameter_group.booking-db-pg15 --account ferries-prod',
      'terraform state rm aws_db_parameter_group.booking-db-pg15\n',
      'create aws_db_parameter_group.booking-db-pg15',
      '2 more findings',
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('fits on a screen of 24 lines, with the prompt that follows', () => {
    const rows = render(ailing)
      .split('\n')
      .map((line) => Math.max(1, Math.ceil(line.length / 80)));
    expect(rows.reduce((sum, n) => sum + n)).toBeLessThanOrEqual(23);
  });

  test('has lines of at most 80 characters, apart from commands', () => {
    const lines = render(ailing)
      .split('\n')
      .filter((line) => !/^ *run:|^ *warning/.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('says the same with colours', () => {
    const strip = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '');
    expect(render(ailing, true, coloured)).not.toBe(render(ailing, true));
    expect(strip(render(ailing, true, coloured))).toBe(render(ailing, true));
  });

  test('never breaks an address, however narrow the screen is', () => {
    const [address = ''] = changedPolicy.addresses;
    const root = withFinding({ ...changedPolicy, summary: `the policy of ${address} was changed by hand` });
    expect(render(root, false, plain, 40).split(address)).toHaveLength(3);
  });

  test('warns against touching the state before it tells of any repair', () => {
    const text = render(withFinding({ leaveStateAlone: 'the next apply makes it again' }));
    const warning = text.indexOf('leave the state alone: the next apply makes it again');
    expect(warning).toBeGreaterThan(0);
    expect(warning).toBeLessThan(text.indexOf('repair 1/2:'));
  });

  test('says the words of a failure once, where a finding that is shown has them', () => {
    const message = 'terraform init ended with exit code 1: Failed to load:\nno such folder';
    const evidence = [{ source: 'terraform', text: message.replace('\n', ' ') }] as const;
    const root = {
      ...withFinding({ evidence }),
      failure: { code: 'InitFailed', message, hint: 'look at it' },
    };
    const text = render(root);
    expect(text).toContain('failed: there is no plan (InitFailed)\nNext: look at it\n');
    expect(text.split('Failed to load')).toHaveLength(2);
    const hidden = { ...root, findings: [deletedGroup, ...root.findings] };
    expect(render(hidden)).toContain('failed: terraform init ended');
    expect(render(hidden, true)).toContain('failed: there is no plan (InitFailed)');
  });

  test('quotes an address for the shell', () => {
    const address = `aws_sqs_queue.q["it's"]`;
    const repair = { title: 'x', command: ['state', 'rm', address], terraform: undefined, expectedPlan: [] };
    expect(labelled(render(withFinding({ repairs: [repair] })), 'run')).toBe(
      String.raw`tfrepair state rm 'aws_sqs_queue.q["it'\''s"]' --account ferries-prod`,
    );
  });

  test('counts what it leaves out, and shows all of it when asked', () => {
    const evidence = Array.from({ length: 9 }, (_, i) => ({ source: 'log' as const, text: `line ${i}` }));
    const root = withFinding({ evidence, addresses: ['a.a', 'a.b', 'a.c', 'a.d'] });
    expect(render(root)).toContain('5 more pieces of evidence');
    expect(render(root)).toContain('DANGER  a.a and 3 more\n');
    expect(labelled(render(root), 'repair 1/2')).toMatch(/^forget/);
    expect(render(root, true)).toContain('line 8');
    expect(render(root, true)).toContain('a.d');
    expect(labelled(render(root, true), 'instead')).toBe('make it again by hand, with the same name');
  });

  test('lets one address stand for many whose next plan is the same', () => {
    const expectedPlan = Array.from({ length: 9 }, (_, i) => ({
      address: `a.b${i}`,
      action: 'noop' as const,
    }));
    const repair = { title: 'x', command: ['state', 'rm', 'a.b'], terraform: undefined, expectedPlan };
    const root = withFinding({ repairs: [repair] });
    expect(labelled(render(root), 'next plan')).toBe('no change to a.b0 and 8 more');
    expect(render(root, true)).toContain('no change to a.b8');
  });

  test('shows other findings in full when asked', () => {
    expect(render(ailing, true)).toContain(
      'WARNING  module.access.aws_iam_role_policy.reader["north and south"]',
    );
    expect(render(ailing, true)).toContain('NOTICE  ferries-prod');
  });

  test('says so when nothing is wrong', () => {
    expect(render(healthy)).toBe(
      [
        'ferries-stage (210987654321), state serial 7, terraform 1.11.4',
        '5 resources',
        'plan: 5 read in 2.1 s, no changes',
        '',
        'Nothing is wrong.',
      ].join('\n'),
    );
  });

  test('does not say that nothing is wrong when the diagnosis failed', () => {
    expect(render(unreachable)).toContain('(WrongAccount)');
    expect(render(unreachable)).toContain('Next: give --aws-profile');
    expect(render(unreachable)).not.toContain('Nothing is wrong');
  });

  test('names a folder with --dir, and a log with nothing', () => {
    const run = (kind: RootDiagnosis['kind'], name: string): string | undefined =>
      labelled(render({ ...ailing, kind, name }), 'run');
    expect(run('folder', 'infra/a b')).toMatch(/--dir 'infra\/a b'$/);
    expect(run('log', 'job.log')).toMatch(/booking-db-pg15$/);
  });

  test('lets no control character through, whatever the data says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const root = withFinding({
          summary: text,
          addresses: [text],
          evidence: [{ source: 'log', text }],
          leaveStateAlone: text,
          repairs: [
            {
              title: text,
              command: ['state', 'rm', text],
              terraform: ['state', 'rm', text],
              expectedPlan: [{ address: text, action: 'create' }],
            },
          ],
          owners: [{ app: text, namespace: text, provider: text, identifier: text, contacts: [text] }],
        });
        const failure = { code: text, message: text, hint: text };
        const rendered = render({ ...root, name: text, uid: text, notes: [text], failure }, true);
        expect(rendered).not.toMatch(/[^\P{C}\n\t]/u);
      }),
    );
  });
});
