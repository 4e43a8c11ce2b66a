import { describe, expect, test } from '@jest/globals';
import { Chalk } from 'chalk';

import type { ResourcesReport } from '../../../src/resources/resources-report.js';
import { renderResources } from '../../../src/ui/resources-report.js';

const REPORT: ResourcesReport = {
  name: 'ferries-stage',
  source: 'plan',
  outcome: 'failed',
  counts: { failed: 1, 'not read': 1, refreshed: 1 },
  resources: [
    {
      address: 'module.harbour["north pier"].aws_sqs_queue.departures_and_arrivals["every day"]',
      type: 'aws_sqs_queue',
      id: 'https://sqs.us-east-1.amazonaws.com/123456789012/departures-and-arrivals-every-day',
      status: 'failed',
      owners: [{ app: 'ferries', namespace: 'ferries-stage', provider: 'sqs', identifier: 'departures' }],
    },
    { address: 'aws_iam_user.deckhand', type: 'aws_iam_user', status: 'not read' },
    { address: 'aws_iam_user.\u001B[31mred', type: 'aws_iam_user', id: 'red', status: 'refreshed' },
  ],
  errors: [
    { severity: 'error', summary: 'AccessDenied', detail: '', address: 'aws_sqs_queue.q', place: undefined },
  ],
  notes: ['the log ends before the plan does: it was cut off, or the plan was ended or still runs'],
};

const plain = new Chalk({ level: 0 });

describe('the resources for people', () => {
  test('keep addresses and ids whole, and use 80 columns for the rest', () => {
    expect(renderResources(REPORT, { colour: plain, width: 80 })).toBe(`\
ferries-stage, plan that failed: 3 resources: 1 failed, 1 not read, 1 refreshed

error: AccessDenied (aws_sqs_queue.q)

failed     module.harbour["north pier"].aws_sqs_queue.departures_and_arrivals["every day"]
           https://sqs.us-east-1.amazonaws.com/123456789012/departures-and-arrivals-every-day
           ferries/ferries-stage/sqs/departures
not read   aws_iam_user.deckhand
refreshed  aws_iam_user.\\x1b[31mred  red

note: the log ends before the plan does: it was cut off, or the plan was ended
or still runs`);
  });

  test('say how many of them are shown, and count the errors that are not', () => {
    const errors = Array.from({ length: 7 }, (_, i) => ({
      ...({ severity: 'error', summary: `e${i}`, detail: '', address: undefined, place: undefined } as const),
    }));
    const text = renderResources(
      { ...REPORT, counts: { refreshed: 9 }, errors },
      { colour: plain, width: 80 },
    );
    expect(text).toContain('9 resources: 9 refreshed; 3 shown\n');
    expect(text).toContain('error: e4\n… and 2 more errors (--json lists all)\n');
  });
});
