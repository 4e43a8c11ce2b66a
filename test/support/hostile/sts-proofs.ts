import type { StsProof } from '../../../src/approval/proof.js';
import { SIGNED_AT } from '../approvals.js';

/** What it is, what is wrong about the proof, the code of the refusal, and where and when it is verified. */
export interface HostileProof {
  readonly name: string;
  readonly wrong: Partial<StsProof>;
  readonly code: string;
  readonly partition?: string;
  readonly now?: number;
}

const NAMES = ['content-type', 'host', 'x-amz-date', 'x-tfrepair-operation'];

const headers = (name: string, signedHeaders: readonly string[]): HostileProof => ({
  name,
  wrong: { signedHeaders },
  code: 'ProofInvalid',
});

const MINUTE = 60_000;

/** STS proofs in good form that are refused before anybody is asked. */
export const HOSTILE_STS_PROOFS: readonly HostileProof[] = [
  headers('signs no headers', []),
  headers('does not sign what is said (CVE-2020-16250)', ['content-type', 'host', 'x-amz-date']),
  headers('does not sign the host', ['content-type', 'x-amz-date', 'x-tfrepair-operation']),
  headers('does not sign the date', ['content-type', 'host', 'x-tfrepair-operation']),
  headers('does not sign the type of the body', ['host', 'x-amz-date', 'x-tfrepair-operation']),
  headers('signs a header twice', [...NAMES, 'x-tfrepair-operation']),
  headers('signs the host twice', ['content-type', 'host', 'host', 'x-amz-date', 'x-tfrepair-operation']),
  headers('signs a header more', [...NAMES, 'x-vault-aws-iam-server-id']),
  headers('signs a header more that chooses the action', ['action', ...NAMES]),
  headers('signs in another order', ['host', 'content-type', 'x-amz-date', 'x-tfrepair-operation']),
  headers('signs a header that looks like it', [
    'content-type',
    'host',
    'x-amz-date',
    'x-tfrepair-operatiom',
  ]),
  headers('signs a session token that is not there', [
    'content-type',
    'host',
    'x-amz-date',
    'x-amz-security-token',
    'x-tfrepair-operation',
  ]),
  {
    name: 'does not sign its session token',
    wrong: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', sessionToken: 'abc' },
    code: 'ProofInvalid',
  },
  headers('has a header with a line break', [...NAMES.slice(0, 3), 'x-tfrepair-operation\r\nx: y']),
  {
    name: 'has a scope within its access key',
    wrong: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE/x' },
    code: 'ProofInvalid',
  },
  { name: 'has a second signature', wrong: { signature: `${'e'.repeat(64)},` }, code: 'ProofInvalid' },
  { name: 'is of the 30th of February', wrong: { date: '20260230T120000Z' }, code: 'ProofInvalid' },
  { name: 'is of the 25th hour', wrong: { date: '20260131T250000Z' }, code: 'ProofInvalid' },
  { name: 'is of a leap second', wrong: { date: '20251231T235960Z' }, code: 'ProofInvalid' },
  { name: 'is of month 0', wrong: { date: '20260031T120000Z' }, code: 'ProofInvalid' },
  { name: 'is of a second past its life', wrong: {}, code: 'ProofExpired', now: SIGNED_AT + 15 * MINUTE + 1 },
  { name: 'is of yesterday', wrong: { date: '20260130T120000Z' }, code: 'ProofExpired' },
  { name: 'is of the year 0000', wrong: { date: '00000101T000000Z' }, code: 'ProofExpired' },
  { name: 'is of 61 seconds from now', wrong: { date: '20260131T120101Z' }, code: 'ProofFutureDated' },
  { name: 'is of tomorrow', wrong: { date: '20260201T120000Z' }, code: 'ProofFutureDated' },
  { name: 'is of the year 9999', wrong: { date: '99991231T235959Z' }, code: 'ProofFutureDated' },
  { name: 'is of another partition', wrong: { region: 'cn-north-1' }, code: 'StsRegionUnknown' },
  { name: 'is of GovCloud', wrong: { region: 'us-gov-west-1' }, code: 'StsRegionUnknown' },
  {
    name: 'is of a region of aws for a request in China',
    wrong: {},
    code: 'StsRegionUnknown',
    partition: 'aws-cn',
  },
  { name: 'is of a region that does not exist', wrong: { region: 'eu-west-7' }, code: 'StsRegionUnknown' },
  { name: 'is of the global endpoint', wrong: { region: 'aws-global-1' }, code: 'StsRegionUnknown' },
  {
    name: 'is for a partition that is a name of prototypes',
    wrong: {},
    code: 'StsRegionUnknown',
    partition: '__proto__',
  },
];
