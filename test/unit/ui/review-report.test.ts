import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import type { InstanceView, ReviewView } from '../../../src/review/review-view.js';
import { renderReview } from '../../../src/ui/review-report.js';

const instance = (address: string, more: Partial<InstanceView> = {}): InstanceView => ({
  ...{ change: { kind: 'removed', address }, address, type: 'aws_sqs_queue', id: 'q-1' },
  ...{ owners: [], dependents: [], expected: [{ action: 'create', address }] },
  ...more,
});

const VIEW: ReviewView = {
  ...{ root: 'acme-stage', state: 's3://states/acme-stage.tfstate', account: '123456789012' },
  ...{ digest: 'ab'.repeat(32), serial: 7, maker: { arn: 'arn:aws:iam::123456789012:user/jdoe' } },
  ...{ reason: 'deleted by hand', createdAt: '2026-01-31T12:00:00Z', notAfter: '2026-02-01T12:00:00Z' },
  ...{
    ageMs: 60_000,
    loopIsOff: true,
    engine: 'native',
    document: [],
    evidence: [],
    differences: [],
    notes: [],
  },
  operations: [{ op: 'rm', addresses: ['aws_sqs_queue.a'] }],
  instances: [instance('aws_sqs_queue.a')],
};

const show = (more: Partial<ReviewView> = {}, allInstances = false): string =>
  renderReview({ ...VIEW, ...more }, { colour: new Chalk({ level: 0 }), width: 80, allInstances });

const many = Array.from({ length: 21 }, (_, index) => instance(`aws_sqs_queue.q[${index}]`));

describe('a review for people', () => {
  test('has a line for all that there is to decide about, in 80 columns and no colour', () => {
    const owner = {
      ...{ app: 'acme', namespace: 'acme-stage', provider: 'sqs', identifier: 'a' },
      contacts: ['@acme-oncall in #acme (acme)', 'jdoe in the merge requests of the application'],
    };
    const dependents = Array.from({ length: 9 }, (_, index) => `aws_iam_policy.policy_${index}`);
    const changes = [{ who: 'arn:aws:iam::123456789012:user/rroe', when: 0, call: 'DeleteQueue' }];
    const text = show({
      reason: 'deleted by hand, while everybody was looking for another queue that nobody has found since',
      ticket: 'ACME-7',
      instances: [
        instance('aws_sqs_queue.a', { owners: [owner], dependents, aws: { existence: 'gone', changes } }),
      ],
      evidence: [{ code: 'deleted-outside', address: 'aws_sqs_queue.a', summary: 'it is not there' }],
    });
    for (const seen of [
      ...['aws_sqs_queue.a is forgotten', 'ACME-7', 'it does not exist', 'DeleteQueue by', 'and 4 more'],
      ...['not proved', 'create aws_sqs_queue.a', 'deleted-outside aws_sqs_queue.a: it is not there'],
      'Computed here: 1 instance, and nothing else.',
    ]) {
      expect(text).toContain(seen);
    }
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(text).not.toContain('\u001b');
  });

  test('begins with the reconcile loop when it is not off', () => {
    const text = show({ loopIsOff: false, acceptRunningLoop: 'it is stuck' });
    expect(text.indexOf('WARNING: the reconcile loop is not off')).toBeLessThan(text.indexOf('request'));
    expect(text).toMatch(/accepted: +it is stuck/);
    expect(show({ loopIsOff: false })).toContain('nobody says why that is all right');
  });

  test('says what differs in place of what was computed', () => {
    const text = show({ differences: ['the state has changed'] });
    expect(text).toContain('This is not what the request says:');
    expect(text).not.toContain('Computed here');
  });

  test('sums up more than 20 instances, and shows each when that is asked for', () => {
    const short = show({ instances: many });
    expect(short).toMatch(/21 {2}removed aws_sqs_queue, e\.g\. aws_sqs_queue\.q\[0\]/);
    expect(short).toContain('create: 21');
    expect(short).not.toContain('q[20]');
    expect(short).toContain('Computed here: 21 instances');
    expect(show({ instances: many.slice(0, 20) })).toContain('q[19]');
    expect(show({ instances: many }, true)).toContain('aws_sqs_queue.q[20] is forgotten');
  });

  test('lets no text of a request draw on the terminal, and no letter pass for another one', () => {
    const text = show({ reason: 'a\u001b[2Jb', instances: [instance('aws_sqs_queue.q["\u0430"]')] });
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u0430');
  });
});
