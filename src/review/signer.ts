import { fingerprintOf, signWithSsh } from '../approval/ssh/sign.js';
import { signWithSts } from '../approval/sts/sign.js';
import type { ApprovalSettings } from '../approval/settings.js';
import { onlyStatement, signedMatter, type SignedMatter, type Statement } from '../approval/statement.js';
import { formatToken, parseToken, type Approval } from '../approval/token.js';
import type { Proof } from '../approval/proof.js';
import { RefusedError } from '../errors.js';
import type { AwsSelf } from '../surgery/roots/state-root.js';
import type { Requester } from '../surgery/request/request.js';
import type { World } from '../world.js';

export const PROOF_KINDS = ['sts', 'ssh'] as const;

export type ProofKind = (typeof PROOF_KINDS)[number];

/** Somebody who can put their name to something. */
export interface Signer {
  readonly kind: ProofKind;
  /** All that is known of them, by which they are told apart from others. */
  readonly self: Requester;
  /** @param canonical the canonical form of the request that the statement is about */
  sign(statement: Statement, canonical: Buffer): Promise<Approval>;
}

/** What there is to sign with. */
export interface SigningMeans {
  /** What the user asked for. */
  readonly wanted: ProofKind | undefined;
  readonly settings: Pick<ApprovalSettings, 'proofs' | 'sshKey'>;
  readonly aws: AwsSelf | undefined;
  readonly world: Pick<World, 'env' | 'signal' | 'now'>;
}

/**
 * Who signs, and how: with the SSH key that is set, whose proof lasts, else with AWS credentials.
 *
 * @returns undefined: there is nothing to sign with
 * @throws RefusedError `ProofNotAllowed`; FailedError about the key
 */
export async function findSigner(means: SigningMeans): Promise<Signer | undefined> {
  const { wanted, settings, aws } = means;
  if (wanted !== undefined && !settings.proofs.includes(wanted)) throw notAllowed(wanted);
  const may = (kind: ProofKind): boolean =>
    settings.proofs.includes(kind) && (wanted === undefined || wanted === kind);
  const sshKey =
    settings.sshKey === undefined ? {} : { sshKey: await fingerprintOf(settings.sshKey, means.world) };
  const self: Requester = { ...identityIn(aws), ...sshKey };
  if (may('ssh') && settings.sshKey !== undefined) return sshSigner(settings.sshKey, self, means);
  if (may('sts') && aws !== undefined) return stsSigner(aws, self, means);
  return undefined;
}

/** @throws RefusedError `NothingToSignWith`, and as `findSigner` does */
export async function requireSigner(means: SigningMeans): Promise<Signer> {
  const signer = await findSigner(means);
  if (signer !== undefined) return signer;
  throw new RefusedError('NothingToSignWith', 'there is nothing to sign with', {
    hint:
      means.aws === undefined
        ? 'set ssh_key in [tfrepair.approval], or give --ssh-key FILE: no AWS account is involved'
        : 'give --ssh-key FILE, or allow "sts" in [tfrepair.approval] proofs',
  });
}

function sshSigner(key: string, self: Requester, { world }: SigningMeans): Signer {
  return signerOf('ssh', self, (matter) => signWithSsh(matter, key, world));
}

function stsSigner(
  { credentials, region, partition }: AwsSelf,
  self: Requester,
  { world }: SigningMeans,
): Signer {
  return signerOf('sts', self, (matter) => signWithSts(matter, credentials, { region, partition }, world));
}

function signerOf(kind: ProofKind, self: Requester, prove: (matter: SignedMatter) => Promise<Proof>): Signer {
  return {
    ...{ kind, self },
    sign: async (statement, canonical) => {
      const own = onlyStatement(statement);
      // Read back as others will read it.
      return parseToken(formatToken(own, await prove(signedMatter(own, canonical))));
    },
  };
}

function identityIn(aws: AwsSelf | undefined): Requester {
  if (aws === undefined) return {};
  const { arn, userId, credentials } = aws;
  return { arn, userId, accessKeyId: credentials.accessKeyId };
}

function notAllowed(kind: ProofKind): RefusedError {
  return new RefusedError('ProofNotAllowed', `proofs of the kind ${kind} do not count here`, {
    hint: 'the setting proofs of [tfrepair.approval] says which do',
  });
}
