import { describe, expect, test } from '@jest/globals';

import type { StoredState } from '../../../src/accounts/stored-state.js';
import { FailedError } from '../../../src/errors.js';
import { bothOf } from '../../../src/both-of.js';
import type { PlannedAccount } from '../../../src/planning/planned-account.js';
import { planReport } from '../../../src/planning/plan-report.js';
import { Secret } from '../../../src/secret.js';
import type { Plan } from '../../../src/terraform/plan/plan.js';
import { ResourceReader } from '../../../src/terraform/state/state-instances.js';

const PLAN: Plan = {
  ...{ version: '1.11.4', outcome: 'planned', refreshes: [], drift: [], changes: [], diagnostics: [] },
  states: undefined,
};

const unused = (): Promise<never> => Promise.reject(new Error('not asked'));

function planned(rest: Partial<PlannedAccount>): PlannedAccount {
  const location = { bucket: 'b', key: 'k', region: 'us-east-1' };
  const secret = new Secret('hunter2-hunter2');
  return {
    account: {
      ...{
        path: '/aws/acme/account.yml',
        name: 'acme-stage',
        uid: '123456789012',
        providerVersion: '5.100.0',
      },
      ...{ resourcesDefaultRegion: 'us-east-1', accountOwners: [] },
      automationToken: { path: 'creds/acme', field: 'all' },
    },
    root: {
      ...{ name: 'acme-stage', folder: '/dev/shm/x', env: { AWS_SECRET_ACCESS_KEY: secret } },
      backend: { type: 's3', ...location },
    },
    credentials: { accessKeyId: 'A', secretAccessKey: secret, sessionToken: undefined, source: 'x' },
    config: { document: {}, variables: [], unknowns: [], warnings: [], skipped: [] },
    ...{ location, stored: { kind: 'none' }, loopIsOff: false, placeholders: [], init: 'reused' },
    terraform: {
      ...{ file: '/bin/terraform', product: 'terraform', version: '1.11.4', cliConfig: {}, timeoutMs: 1 },
      ...{ run: unused, ask: unused },
    },
    reader: new ResourceReader(),
    ...{ plan: PLAN, planFile: '/dev/shm/x/plan', durationMs: 5, notes: [], ...rest },
  };
}

const stateOf = (terraformVersion: string): StoredState => ({
  kind: 'read',
  state: { terraformVersion, serial: 1, lineage: 'l', instances: [] },
});

describe('the report of a plan', () => {
  test('counts what was refreshed, what was not, and what would be done', () => {
    const refresh = { type: 't', id: undefined };
    const change = { type: 't', reason: undefined, previousAddress: undefined };
    const plan: Plan = {
      ...PLAN,
      refreshes: [
        { ...refresh, address: 't.a', durationMs: 10 },
        { ...refresh, address: 't.b', durationMs: undefined },
      ],
      changes: [
        { ...change, address: 't.c', action: 'create' },
        { ...change, address: 't.d', action: 'create' },
        { ...change, address: 't.e', action: 'delete' },
      ],
    };
    expect(planReport(planned({ plan }), false)).toMatchObject({
      ...{ refreshed: 1, notCompleted: ['t.b'], actions: { create: 2, delete: 1 }, stateInstances: null },
    });
  });

  test.each<[string, Partial<PlannedAccount>, string]>([
    ['an older state', { stored: stateOf('1.6.6') }, 'would move the state from version 1.6.6 to 1.11.4'],
    [
      'a pinned version',
      {
        config: {
          ...planned({}).config,
          document: { terraform: { required_version: '1.6.6' } },
        },
      },
      'the config wants version 1.6.6',
    ],
    [
      'a state that cannot be read',
      { stored: { kind: 'unreadable', error: new FailedError('StateInvalid', 'it is no state') } },
      'it is no state',
    ],
    ['a disabled account', { loopIsOff: true }, 'terraform-resources is disabled for acme-stage'],
    ['what the run noted', { notes: ['show -json was used'] }, 'show -json was used'],
  ])('notes %s', (_what, rest, words) => {
    expect(planReport(planned(rest), false).notes).toEqual([expect.stringContaining(words)]);
  });

  test('names the working folder only when it was kept', () => {
    expect(planReport(planned({}), true)).toHaveProperty('workdir', '/dev/shm/x');
    expect(planReport(planned({}), false)).not.toHaveProperty('workdir');
  });

  test('has no credentials in it', () => {
    expect(JSON.stringify(planReport(planned({}), true))).not.toContain('hunter2');
  });
});

test('of two tasks both have ended before a failure is told', async () => {
  let ended = false;
  const slow = new Promise<void>((resolve) => {
    setImmediate(() => {
      ended = true;
      resolve();
    });
  });
  await expect(bothOf(Promise.reject(new Error('no')), slow)).rejects.toThrow('no');
  expect(ended).toBe(true);
});
