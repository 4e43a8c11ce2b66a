import { createHash } from 'node:crypto';

import { canonicalize } from 'json-canonicalize';

/** What a person says about a request. */
export const DECISIONS = ['prepare', 'approve', 'reject', 'break-glass'] as const;

/** `prepare`: it is mine. `break-glass`: I do it without a second person. */
export type Decision = (typeof DECISIONS)[number];

/** One person's word on one request. */
export interface Statement {
  readonly decision: Decision;
  /** The operation digest of the request, hex. */
  readonly request: string;
  /** Why; of a rejection and of a break-glass. */
  readonly reason?: string;
  /** Of a break-glass: where it will be looked at afterwards. */
  readonly ticket?: string;
}

/** What is signed for a statement; no two decisions on a request share any of it. */
export interface SignedMatter {
  /** Value of the header `x-tfrepair-operation` of an STS proof: of an approval the operation digest itself. */
  readonly header: string;
  /** What an SSH key signs: of an approval the canonical request. */
  readonly bytes: Buffer;
  /** The namespace of the SSH signature. */
  readonly namespace: string;
}

const NAMESPACES: Readonly<Record<Decision, string>> = {
  prepare: 'tfrepair-request-v1',
  approve: 'tfrepair-approval-v1',
  reject: 'tfrepair-rejection-v1',
  'break-glass': 'tfrepair-break-glass-v1',
};

/**
 * What is signed for a statement. An approval signs the request itself, as docs/approval-protocol.md says; every other
 * decision signs a document of its own that names the request, so that none can be taken for another.
 *
 * @param canonical the canonical form of the request that the statement is about
 */
export function signedMatter(statement: Statement, canonical: Buffer): SignedMatter {
  const namespace = NAMESPACES[statement.decision];
  const bytes =
    statement.decision === 'approve'
      ? canonical
      : Buffer.from(canonicalize({ type: 'tfrepair-statement', ...onlyStatement(statement) }));
  return { header: createHash('sha256').update(bytes).digest('hex'), bytes, namespace };
}

/** A statement without what may come with it, such as its proof. */
export function onlyStatement({ decision, request, reason, ticket }: Statement): Statement {
  return {
    ...{ decision, request },
    ...(reason === undefined ? {} : { reason }),
    ...(ticket === undefined ? {} : { ticket }),
  };
}
