import { describe, expect, test } from '@jest/globals';

import type { ProgramAnswer } from '../../../src/clients/ask-program.js';
import { CHECKS } from '../../../src/doctor/checks/index.js';
import { examine } from '../../../src/doctor/examine.js';
import { needsOf } from '../../../src/doctor/needs.js';
import { fakeWorld, says, settings } from './fake-world.js';

const ORDER = Object.keys(CHECKS);
const TERRAFORM = { 'terraform version': says('Terraform v1.11.4') };
const KEYS = { AWS_ACCESS_KEY_ID: 'canary', AWS_SECRET_ACCESS_KEY: 'canary' };
const ready = fakeWorld({
  env: KEYS,
  programs: TERRAFORM,
  mirror: { folder: '/mirror', providers: ['registry.terraform.io/hashicorp/aws'] },
});

describe('an examination', () => {
  test('shows every check in its order, whichever ends first', async () => {
    const world = fakeWorld();
    const ask = async (file: string): Promise<ProgramAnswer> => {
      await new Promise((resolve) => setTimeout(resolve, file === 'terraform' ? 30 : 1));
      return { kind: 'absent' };
    };
    const { checks } = await examine({ ...world, ask }, settings());
    expect(checks.map(({ id }) => id)).toEqual(ORDER);
  });

  test('asks all programs at once', async () => {
    const world = fakeWorld();
    const asked: string[] = [];
    let answer: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (answer = resolve));
    const ask = async (file: string): Promise<ProgramAnswer> => {
      asked.push(file);
      await gate;
      return { kind: 'absent' };
    };
    const examination = examine({ ...world, ask }, settings());
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked.sort()).toEqual(['docker', 'git', 'oc', 'ssh', 'ssh-keygen', 'terraform']);
    answer();
    await examination;
  });

  test('without a command is ready whatever is missing', async () => {
    const examination = await examine(fakeWorld(), settings());
    expect(examination).toMatchObject({ for: null, ready: true });
    expect(examination.checks.some(({ needed }) => needed)).toBe(false);
  });

  test('for a command is limited to what it needs or uses, and says which it needs', async () => {
    const { checks } = await examine(fakeWorld(), settings(), 'plan');
    const { needs, uses } = needsOf('plan');
    expect(checks.map(({ id }) => id)).toEqual(
      ORDER.filter((id) => [...needs, ...uses].some((n) => n === id)),
    );
    expect(
      checks
        .filter(({ needed }) => needed)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...needs].sort());
  });

  test('is ready when all that the command needs is ok, even if something that it uses is not', async () => {
    const examination = await examine(ready, settings(), 'plan');
    expect(examination.ready).toBe(true);
    expect(examination.checks.some(({ state }) => state !== 'ok')).toBe(true);
  });

  test.each(['missing', 'wrong'])('is not ready when something needed is %s', async (state) => {
    const programs = state === 'wrong' ? { 'terraform version': says('Terraform v0.11.14') } : {};
    const world = { ...ready, ask: fakeWorld({ programs }).ask };
    const examination = await examine(world, settings(), 'plan');
    expect(examination.ready).toBe(false);
    expect(examination.checks.find(({ id }) => id === 'terraform')).toMatchObject({ state });
  });

  test('goes on when one check breaks, and says so', async () => {
    const world = fakeWorld({ programs: TERRAFORM });
    const ask: typeof world.ask = (file, args) => {
      if (file === 'git') throw new Error('broken');
      return world.ask(file, args);
    };
    const { checks } = await examine({ ...world, ask }, settings());
    expect(checks.find(({ id }) => id === 'git')).toMatchObject({
      state: 'wrong',
      found: 'could not be examined: broken',
    });
    expect(checks.find(({ id }) => id === 'terraform')).toMatchObject({ state: 'ok' });
  });

  test('ends with the interruption', async () => {
    const interruption = new AbortController();
    const world = fakeWorld({ signal: interruption.signal });
    const ask = (): Promise<ProgramAnswer> => {
      interruption.abort(new Error('interrupted'));
      return Promise.reject(new Error('killed'));
    };
    await expect(examine({ ...world, ask }, settings())).rejects.toThrow('interrupted');
  });

  test('holds no secret, whatever is configured and whatever goes wrong', async () => {
    const toml = `
      [graphql]
      server = "http://localhost:4000/graphql"
      token = "canary"
      [vault]
      server = "http://localhost:8200"
      role_id = "canary"
      secret_id = "canary"
      [tfrepair]
      gitlab = { url = "https://gitlab.example.com", token = "canary" }
      jenkins = { url = "https://ci.example.com", user = "me", token = "canary" }
      prometheus = { url = "https://prometheus.example.com", token = "canary" }
      [creds.acme]
      aws_access_key_id = "canary"
      aws_secret_access_key = "canary"`;
    const callerArn = () => Promise.reject(new Error('the key canary is refused'));
    for (const world of [fakeWorld({ env: KEYS, callerArn }), fakeWorld({ callerArn }), ready]) {
      const examination = await examine(world, settings(toml, { online: true }));
      expect(JSON.stringify(examination)).not.toContain('canary');
    }
  });
});

test.each(Object.entries(CHECKS))('%s fits its columns', (_id, { title, purpose }) => {
  expect(title.length).toBeLessThanOrEqual(18);
  expect(purpose.length).toBeLessThanOrEqual(20);
});
