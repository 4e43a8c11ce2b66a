import * as v from 'valibot';

import { FINDING_CODES } from '../../diagnosis/finding.js';
import { REQUEST_VERSION } from './request.js';
import { parseTarget } from '../../terraform/address/parse.js';
import { PLAN_ACTIONS } from '../../terraform/plan/plan.js';
import { VisibleText as text } from '../../visible-text.js';

const MAX_LIST = 10_000;

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'));
const serial = v.pipe(v.number(), v.safeInteger('a whole number up to 2^53-1'), v.minValue(0));
const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'a time such as 2026-01-31T12:00:00Z'),
  v.check((value) => !Number.isNaN(Date.parse(value)), 'a time that exists'),
);

/** An address that Terraform would take, of a type in ASCII: all types are, and no letter of another script may pass for one. */
const address = v.pipe(
  text,
  v.check((value) => isAddress(value), 'an address of Terraform'),
);

function isAddress(value: string): boolean {
  try {
    const target = parseTarget(value);
    return target.kind === 'module' || /^[\w-]+$/.test(target.address.type);
  } catch {
    return false;
  }
}

function some<T extends v.GenericSchema>(item: T) {
  return v.pipe(v.array(item), v.minLength(1), v.maxLength(MAX_LIST));
}

/** A provider in full or in short. Letters of another script in a host's name would pass for those of the real one. */
const provider = v.pipe(text, v.regex(/^[\w./:-]+$/, 'the source address of a provider'));

const Operation = v.variant('op', [
  v.strictObject({
    op: v.literal('rm'),
    addresses: some(address),
    wholeModules: v.exactOptional(v.literal(true)),
    everything: v.exactOptional(v.literal(true)),
  }),
  v.strictObject({ op: v.literal('mv'), moves: some(v.strictObject({ from: address, to: address })) }),
  v.strictObject({
    ...{ op: v.literal('replace-provider'), from: provider, to: provider },
    addresses: v.exactOptional(some(address)),
  }),
  v.strictObject({ op: v.literal('import'), address, id: text }),
  v.strictObject({ op: v.literal('restore'), sha256, serial }),
]);

const State = v.variant('type', [
  v.strictObject({ type: v.literal('s3'), bucket: text, key: text, region: text }),
  v.strictObject({ type: v.literal('local'), path: text }),
  v.strictObject({ type: v.literal('terraform'), backend: text }),
]);

/** What a request may be made of, and nothing else. */
export const RequestSchema = v.strictObject({
  schemaVersion: v.literal(REQUEST_VERSION),
  type: v.literal('tfrepair-request'),
  root: text,
  account: v.exactOptional(
    v.strictObject({
      uid: v.pipe(v.string(), v.regex(/^\d{12}$/, 'an account id')),
      partition: v.pipe(v.string(), v.regex(/^aws(?:-[a-z]{1,8}){0,3}$/, 'a partition of AWS')),
    }),
  ),
  state: State,
  base: v.strictObject({ sha256, versionToken: text, lineage: text, serial }),
  operations: some(Operation),
  engine: v.picklist(['native', 'terraform']),
  post: v.strictObject({ sha256, serial }),
  expectedPlan: v.pipe(
    v.array(
      v.strictObject({
        ...{ address, action: v.picklist(PLAN_ACTIONS), orNothing: v.exactOptional(v.literal(true)) },
      }),
    ),
    v.maxLength(MAX_LIST),
  ),
  evidence: v.pipe(
    v.array(
      v.strictObject({ code: v.picklist(FINDING_CODES), address: v.exactOptional(text), summary: text }),
    ),
    v.maxLength(MAX_LIST),
  ),
  requester: v.strictObject({
    arn: v.exactOptional(text),
    userId: v.exactOptional(text),
    accessKeyId: v.exactOptional(text),
    sshKey: v.exactOptional(text),
    person: v.exactOptional(text),
  }),
  reason: text,
  ticket: v.exactOptional(text),
  acceptRunningLoop: v.exactOptional(text),
  tools: v.strictObject({ tfrepair: text, terraform: v.exactOptional(text) }),
  nonce: sha256,
  createdAt: instant,
  notAfter: instant,
});
