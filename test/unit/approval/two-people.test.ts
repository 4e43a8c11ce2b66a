import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Person } from '../../../src/approval/people.js';
import { approvalPolicy } from '../../../src/approval/policy.js';
import { DEFAULT_SETTINGS } from '../../../src/approval/settings.js';
import { RefusedError } from '../../../src/errors.js';
import type { Approver } from '../../../src/surgery/approval.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
import {
  evidenceIn,
  keyIdentity,
  personNamed,
  requestOf,
  Statements,
  userIdentity,
} from '../../support/approval/judging.js';

/** A user, or an SSH key under some names. */
type Actor = { readonly user: string } | { readonly key: string; readonly names: readonly string[] };

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.record({ user: name }),
  fc.record({
    key: name,
    names: fc.oneof(
      { weight: 3, arbitrary: name.map((one) => [one]) },
      { weight: 1, arbitrary: fc.uniqueArray(name, { minLength: 2, maxLength: 2 }) },
    ),
  }),
);
/** Mostly everybody has what is called like them; sometimes lists are a mess. */
const names = (own: string): fc.Arbitrary<readonly string[]> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant([own]) }, { weight: 1, arbitrary: fc.uniqueArray(name) });
const person = name.chain((own) =>
  fc.record({ awsUsernames: names(own), sshNames: names(own) }).map((known) => personNamed(own, known)),
);

const world = fc.record({
  people: fc.uniqueArray(person, { selector: (one) => one.name, minLength: 4, maxLength: 5 }),
  maker: name,
  reviewers: fc.array(actor, { minLength: 1, maxLength: 3 }),
  wanted: fc.constantFrom(1, 1, 2, 3),
});
type Tried = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** Whom a list of people gives an actor to. */
function owners(people: readonly Person[], actor: Actor): string[] {
  return people
    .filter(({ awsUsernames, sshNames }) =>
      'user' in actor ? awsUsernames.includes(actor.user) : sshNames.some((one) => actor.names.includes(one)),
    )
    .map((one) => one.name);
}

async function judge({ people, maker, reviewers, wanted }: Tried): Promise<readonly Approver[] | undefined> {
  const statements = new Statements();
  const own = userIdentity(maker);
  const request = requestOf({ requester: { arn: own.arn, userId: own.userId } });
  const approvals = reviewers.map((one) =>
    statements.approve('user' in one ? userIdentity(one.user) : keyIdentity(one.key, one.names), request),
  );
  const journal = {
    append: () => Promise.resolve(),
    read: () => Promise.resolve({ records: [], brokenAt: undefined, tornBytes: 0, head: '' }),
  };
  const settings = { ...DEFAULT_SETTINGS, reviewers: wanted };
  const evidence = evidenceIn('', statements, { people, approvals, settings, journal, maker: { live: own } });
  try {
    return await approvalPolicy(evidence).verify(request, requestDigest(request));
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

describe('whoever says what', () => {
  test('a request is approved exactly if enough people do it, each known for sure, none its maker', async () => {
    const seen = { approved: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(world, async (tried) => {
        const [maker, ...makers] = owners(tried.people, { user: tried.maker });
        const each = tried.reviewers.map((one) => owners(tried.people, one));
        const keys = new Map<string, Set<string>>();
        for (const [index, one] of tried.reviewers.entries()) {
          if (!('key' in one)) continue;
          const whose = keys.get(one.key) ?? new Set();
          keys.set(one.key, new Set([...whose, ...(each[index] ?? [])]));
        }
        const isApproved =
          maker !== undefined &&
          makers.length === 0 &&
          each.every((found) => found.length === 1 && found[0] !== maker) &&
          [...keys.values()].every(({ size }) => size === 1) &&
          new Set(each.flat()).size >= tried.wanted;
        const approvers = await judge(tried);
        expect(approvers !== undefined).toBe(isApproved);
        if (approvers !== undefined) expect(approvers.map((one) => one.person)).toEqual(each.flat());
        seen[isApproved ? 'approved' : 'refused'] += 1;
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.approved, seen.refused)).toBeGreaterThan(10);
  });

  test('the order in which approvals are given makes no difference', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (tried) => {
        const backwards = { ...tried, reviewers: [...tried.reviewers].reverse() };
        const people = (await judge(tried))?.map((one) => one.person);
        expect((await judge(backwards))?.map((one) => one.person).reverse()).toEqual(people);
      }),
      { numRuns: 100 },
    );
  });
});
