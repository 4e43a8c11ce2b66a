import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { breakGlassPolicy } from '../../../src/approval/break-glass.js';
import { approvalPolicy, type ApprovalEvidence } from '../../../src/approval/policy.js';
import { DEFAULT_SETTINGS } from '../../../src/approval/settings.js';
import { DECISIONS, type Decision, type Statement } from '../../../src/approval/statement.js';
import type { Approval } from '../../../src/approval/token.js';
import { RefusedError } from '../../../src/errors.js';
import { isJsonObject, type Json } from '../../../src/json.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
import type { SurgeryRequest } from '../../../src/surgery/request/request.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import {
  evidenceIn,
  keyIdentity,
  requestOf,
  Statements,
  userIdentity,
} from '../../support/approval/judging.js';
import { Seals, throughToken } from '../../support/approval/seals.js';

const REQUEST = requestOf({ ticket: 'ACME-1' });
const DIGEST = requestDigest(REQUEST);
const OTHER = requestOf({ reason: 'something else', nonce: 'd'.repeat(64) });
const OPERATOR = userIdentity('operator');
const REVIEWER = userIdentity('reviewer');
const ACTORS = { 'AWS credentials': REVIEWER, 'an SSH key': keyIdentity('sasha') };
const home = useTempDir();

const seals = new Seals();

/** What each decision comes with. */
function statementOf(decision: Decision, request = DIGEST): Statement {
  const reason = decision === 'reject' || decision === 'break-glass' ? { reason: 'in use' } : {};
  return { decision, request, ...reason, ...(decision === 'break-glass' ? { ticket: 'ACME-7' } : {}) };
}

async function outcome(
  approvals: readonly Approval[],
  { request = REQUEST, ...more }: Partial<ApprovalEvidence> & { request?: SurgeryRequest } = {},
): Promise<string> {
  const all = evidenceIn(home(), new Statements(), { verify: seals.verify, approvals, ...more });
  return codeOf(() => approvalPolicy(all).verify(request, requestDigest(request)));
}

async function codeOf(action: () => unknown): Promise<string> {
  try {
    await action();
    return 'approved';
  } catch (error) {
    if (error instanceof RefusedError) return error.code;
    throw error;
  }
}

describe.each(Object.entries(ACTORS))('a statement that is sealed by %s', (_, identity) => {
  const sealed = (decision: Decision): Approval => seals.make(identity, statementOf(decision), REQUEST);

  test('is good as it is', async () => {
    expect(await outcome([sealed('approve')])).toBe('approved');
  });

  const pairs = DECISIONS.flatMap((said) =>
    DECISIONS.filter((claimed) => claimed !== said).map((claimed) => [said, claimed] as const),
  );
  test.each(pairs)('%s cannot be passed off as %s', async (said, claimed) => {
    const { proof } = sealed(said);
    const passedOff = throughToken(statementOf(claimed), proof);
    const evidence = { settings: { ...DEFAULT_SETTINGS, breakGlass: true }, verify: seals.verify };
    const all = evidenceIn(home(), new Statements(), evidence);
    const code =
      claimed === 'break-glass'
        ? await codeOf(() => breakGlassPolicy({ ...all, statement: passedOff }).verify(REQUEST, DIGEST))
        : claimed === 'prepare'
          ? await outcome([seals.make(userIdentity('kim'), statementOf('approve'), REQUEST)], {
              maker: { prepared: passedOff },
            })
          : await outcome([passedOff]);
    expect(code).toBe('ProofNotAccepted');
  });

  test('about one request cannot be bound to another', async () => {
    const ofOther = seals.make(identity, statementOf('approve', requestDigest(OTHER)), OTHER);
    expect(await outcome([ofOther])).toBe('OtherRequest');
    expect(await outcome([throughToken(statementOf('approve'), ofOther.proof)])).toBe('ProofNotAccepted');
  });

  test.each(['reason', 'ticket'] as const)('has a %s that is signed, too', async (field) => {
    const decision = field === 'reason' ? 'reject' : 'break-glass';
    const own = seals.make(field === 'reason' ? identity : OPERATOR, statementOf(decision), REQUEST);
    const changed = throughToken({ ...statementOf(decision), [field]: 'another' }, own.proof);
    const settings = { ...DEFAULT_SETTINGS, breakGlass: true };
    const all = evidenceIn(home(), new Statements(), { settings, verify: seals.verify });
    const code =
      field === 'reason'
        ? await outcome([changed])
        : await codeOf(() => breakGlassPolicy({ ...all, statement: changed }).verify(REQUEST, DIGEST));
    expect(code).toBe('ProofNotAccepted');
    expect((await all.journal.read()).records).toEqual([]);
  });

  test('that is shown many times is one person', async () => {
    const again = Array.from({ length: 5 }, () => sealed('approve'));
    const settings = { ...DEFAULT_SETTINGS, reviewers: 2 };
    expect(await outcome(again, { settings })).toBe('TooFewReviewers');
  });

  test('is of no use once the request was executed', async () => {
    const { journal } = evidenceIn(home(), new Statements());
    await journal.append({ request: DIGEST, step: 'ended', how: 'done' });
    expect(await outcome([sealed('approve')])).toBe('AlreadyExecuted');
  });
});

describe('a proof', () => {
  const { proof } = seals.make(REVIEWER, statementOf('approve'), REQUEST);
  const inNameOf = (accessKeyId: string): Approval['proof'] =>
    proof.kind === 'sts' ? { ...proof, accessKeyId } : proof;
  const ofKey = seals.make(keyIdentity('sasha'), statementOf('approve'), REQUEST).proof;
  seals.make(userIdentity('kim'), statementOf('approve'), OTHER);

  test.each<[string, Approval['proof']]>([
    ['in the name of another access key', inNameOf(userIdentity('kim').accessKeyId)],
    ['of an access key that nobody has', inNameOf('AKIA0000000000000000')],
    ['by SSH key whose signature is one of AWS', { kind: 'ssh', signature: proof.signature }],
    [
      'in the name of another SSH key',
      { kind: 'ssh', signature: `kim ${ofKey.signature.split(' ')[1] ?? ''}` },
    ],
  ])('%s is not accepted', async (_, forged) => {
    expect(await outcome([throughToken(statementOf('approve'), forged)])).toBe('ProofNotAccepted');
  });
});

/** Every value of a request that is no list and no object, by its path. */
function leavesOf(value: Json, path: readonly string[] = []): string[][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, String(index)]));
  if (!isJsonObject(value)) return [[...path]];
  return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]));
}

/** The same value, but for what is at a path. */
function changedAt(value: Json, [name, ...rest]: readonly string[]): Json {
  if (name === undefined) return typeof value === 'number' ? value + 1 : `${JSON.stringify(value)}0`;
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === name ? changedAt(item, rest) : item));
  }
  if (!isJsonObject(value)) return value;
  return { ...value, [name]: changedAt(value[name] ?? null, rest) };
}

describe('a request of which something was changed after it was approved', () => {
  const document = JSON.parse(JSON.stringify(REQUEST)) as Json;
  const approval = seals.make(REVIEWER, statementOf('approve'), REQUEST);
  const paths = leavesOf(document);

  test('has all its fields tried', () => {
    expect(paths.length).toBeGreaterThanOrEqual(27);
  });

  test.each(paths.map((path) => [path.join('.'), path] as const))('%s is refused', async (_, path) => {
    // Not everything that this makes would be read as a request: the policy must not rely on it.
    const request = changedAt(document, path) as unknown as SurgeryRequest;
    const pointed = throughToken(statementOf('approve', requestDigest(request)), approval.proof);
    expect(await outcome([approval], { request })).not.toBe('approved');
    expect(await outcome([pointed], { request })).not.toBe('approved');
  });
});

test('whatever is mixed in among good approvals, nobody is made of nothing', async () => {
  const good = seals.make(REVIEWER, statementOf('approve'), REQUEST);
  const decision = fc.constantFrom(...DECISIONS);
  const about = fc.constantFrom(DIGEST, requestDigest(OTHER));
  const bad = fc
    .tuple(decision, decision, about, about)
    .filter(([signed, said, of, on]) => signed !== said || of !== on || said !== 'approve' || on !== DIGEST)
    .map(([signed, said, of, on]) => {
      const request = of === DIGEST ? REQUEST : OTHER;
      const { proof } = seals.make(userIdentity('kim'), statementOf(signed, of), request);
      return throughToken(statementOf(said, on), proof);
    });
  await fc.assert(
    fc.asyncProperty(fc.array(bad, { minLength: 1, maxLength: 3 }), fc.nat(3), async (hostile, place) => {
      const mixed = [...hostile.slice(0, place), good, ...hostile.slice(place)];
      expect(await outcome(mixed, { journal: memoryJournal() })).not.toBe('approved');
    }),
    { numRuns: 200 },
  );
});

function memoryJournal(): ApprovalEvidence['journal'] {
  return {
    append: () => Promise.resolve(),
    read: () => Promise.resolve({ records: [], brokenAt: undefined, tornBytes: 0, head: '' }),
  };
}
