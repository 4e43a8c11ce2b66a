import { createHash } from 'node:crypto';

import type { Person } from '../../../src/approval/people.js';
import type { ApprovalEvidence } from '../../../src/approval/policy.js';
import type { Proof, ProvenIdentity, SshIdentity, StsIdentity } from '../../../src/approval/proof.js';
import { DEFAULT_SETTINGS } from '../../../src/approval/settings.js';
import type { SignedMatter, Statement } from '../../../src/approval/statement.js';
import type { Approval } from '../../../src/approval/token.js';
import { RefusedError } from '../../../src/errors.js';
import { openJournal } from '../../../src/surgery/journal/journal.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
import type { SurgeryRequest } from '../../../src/surgery/request/request.js';

export const NOW = Date.UTC(2026, 10, 23, 10);
export const ACCOUNT = { uid: '123456789012', partition: 'aws' };

export function personNamed(name: string, more: Partial<Person> = {}): Person {
  return { name, awsUsernames: [], arns: [], sshNames: [], sshKeys: [], ...more };
}

/** Three people, each with an IAM user and a name for SSH. */
export const ROBIN = personNamed('robin', { awsUsernames: ['operator'], sshNames: ['robin'] });
export const SASHA = personNamed('sasha', { awsUsernames: ['reviewer'], sshNames: ['sasha'] });
export const KIM = personNamed('kim', { awsUsernames: ['kim'], sshNames: ['kim'] });
export const PEOPLE = [ROBIN, SASHA, KIM];

/** An IAM user, as STS tells of it. */
export function userIdentity(name: string, more: Partial<StsIdentity> = {}): StsIdentity {
  return {
    ...{ kind: 'sts', arn: `arn:aws:iam::${ACCOUNT.uid}:user/${name}`, account: ACCOUNT.uid },
    ...{ userId: `AIDA${marked(name)}`, accessKeyId: `AKIA${marked(name)}`, signedAt: NOW },
    ...more,
  };
}

/** Somebody in a role. */
export function sessionIdentity(
  role: string,
  session: string,
  { uid, partition }: typeof ACCOUNT = ACCOUNT,
): StsIdentity {
  return userIdentity(session, {
    arn: `arn:${partition}:sts::${uid}:assumed-role/${role}/${session}`,
    ...{ account: uid, userId: `AROA${marked(role)}:${session}`, accessKeyId: `ASIA${marked(session)}` },
  });
}

/** An SSH key of this name, entered under these names. */
export function keyIdentity(key: string, names: readonly string[] = [key]): SshIdentity {
  return { kind: 'ssh', fingerprint: fingerprintOf(key), names };
}

export function fingerprintOf(key: string): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').slice(0, 43)}`;
}

/** 16 characters of its own for each name. */
function marked(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex').toUpperCase();
  return hex.slice(0, 16);
}

/** A request by robin's IAM user. */
export function requestOf(more: Partial<SurgeryRequest> = {}): SurgeryRequest {
  const { arn, userId, accessKeyId } = userIdentity('operator');
  return {
    ...{ schemaVersion: 1, type: 'tfrepair-request', root: 'acme-stage', account: ACCOUNT },
    state: { type: 's3', bucket: 'states', key: 'acme-stage.tfstate', region: 'us-east-1' },
    base: { sha256: 'a'.repeat(64), versionToken: '"1"', lineage: 'l', serial: 7 },
    operations: [{ op: 'rm', addresses: ['aws_sqs_queue.orders'] }],
    ...{ engine: 'native', post: { sha256: 'b'.repeat(64), serial: 8 }, expectedPlan: [], evidence: [] },
    requester: { arn, userId, accessKeyId, person: 'robin' },
    ...{ reason: 'deleted by hand', tools: { tfrepair: '0.1.0' }, nonce: 'c'.repeat(64) },
    ...{ createdAt: '2026-11-23T09:00:00Z', notAfter: '2026-11-24T09:00:00Z' },
    ...more,
  };
}

/** Statements whose proofs are verified by looking up who made them. */
export class Statements {
  readonly #made = new Map<string, { identity: ProvenIdentity; header: string }>();
  /** What `verify` was asked for. */
  readonly asked: SignedMatter[] = [];

  /** A statement on a request in somebody's name. @param header what was signed, if not what should have been */
  by(identity: ProvenIdentity, statement: Statement, header = 'right'): Approval {
    const signature = this.#made.size.toString(16).padStart(64, '0');
    this.#made.set(signature, { identity, header });
    const proof = proofOf(identity, signature);
    return { schemaVersion: 1, type: 'tfrepair-approval', ...statement, proof };
  }

  approve(identity: ProvenIdentity, request: SurgeryRequest): Approval {
    return this.by(identity, { decision: 'approve', request: requestDigest(request) });
  }

  reject(identity: ProvenIdentity, request: SurgeryRequest, reason = 'it is in use'): Approval {
    return this.by(identity, { decision: 'reject', request: requestDigest(request), reason });
  }

  prepare(identity: ProvenIdentity, request: SurgeryRequest): Approval {
    return this.by(identity, { decision: 'prepare', request: requestDigest(request) });
  }

  breakGlass(identity: ProvenIdentity, request: SurgeryRequest): Approval {
    const why = { reason: 'nobody is awake', ticket: 'ACME-7' };
    return this.by(identity, { decision: 'break-glass', request: requestDigest(request), ...why });
  }

  readonly verify = ({ proof }: Approval, matter: SignedMatter): Promise<ProvenIdentity> => {
    this.asked.push(matter);
    const made = this.#made.get(proof.signature);
    if (made?.header === 'right') return Promise.resolve(made.identity);
    return Promise.reject(new RefusedError('ProofNotAccepted', 'the proof is not of this'));
  };
}

function proofOf(identity: ProvenIdentity, signature: string): Proof {
  if (identity.kind === 'ssh') return { kind: 'ssh', signature };
  const date = `${new Date(identity.signedAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const { accessKeyId } = identity;
  return { kind: 'sts', accessKeyId, region: 'us-east-1', date, signedHeaders: ['host'], signature };
}

/** What a policy is made of: three people, the defaults, robin executing, and nobody who has said anything. */
export function evidenceIn(
  folder: string,
  statements: Statements,
  more: Partial<ApprovalEvidence> = {},
): ApprovalEvidence {
  const now = (): number => NOW;
  return {
    ...{ settings: DEFAULT_SETTINGS, people: PEOPLE, verify: statements.verify, approvals: [], now },
    ...{ maker: { live: userIdentity('operator') }, journal: openJournal(folder, now) },
    ...more,
  };
}
