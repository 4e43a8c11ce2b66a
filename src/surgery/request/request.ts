import type { ExpectedAction, FindingCode } from '../../diagnosis/finding.js';
import type { Operation } from '../operations/operation.js';

/** Bumped when a field changes its meaning: an older tfrepair refuses what it does not know. */
export const REQUEST_VERSION = 1;

/**
 * What people approve: one batch of operations on one state, bound to the exact bytes before and after. Its digest is the
 * SHA-256 of its RFC 8785 form. Holds no secret and no attribute value of the state.
 */
export interface SurgeryRequest {
  readonly schemaVersion: typeof REQUEST_VERSION;
  /** Says that it is a request, so that no other signed JSON can be taken for one. */
  readonly type: 'tfrepair-request';
  /** The account's name, or what the folder is called. */
  readonly root: string;
  /** Undefined: of a plain root, whose account nobody states. */
  readonly account?: { readonly uid: string; readonly partition: string };
  readonly state: RequestedState;
  readonly base: BaseState;
  readonly operations: readonly Operation[];
  /** Who computes the new state. */
  readonly engine: 'native' | 'terraform';
  readonly post: { readonly sha256: string; readonly serial: number };
  /** What the next plan will do with the addresses. */
  readonly expectedPlan: readonly ExpectedAction[];
  readonly evidence: readonly {
    readonly code: FindingCode;
    readonly address?: string;
    readonly summary: string;
  }[];
  readonly requester: Requester;
  readonly reason: string;
  readonly ticket?: string;
  /** Why the reconcile loop may keep running, when it is not off. */
  readonly acceptRunningLoop?: string;
  readonly tools: { readonly tfrepair: string; readonly terraform?: string };
  /** 32 random bytes, hex: two requests are never the same. */
  readonly nonce: string;
  /** ISO 8601, UTC, seconds. */
  readonly createdAt: string;
  /** After this instant nobody may approve or execute it. ISO 8601, UTC, seconds. */
  readonly notAfter: string;
}

/** Where the state lies. */
export type RequestedState =
  | { readonly type: 's3'; readonly bucket: string; readonly key: string; readonly region: string }
  /** Absolute path. */
  | { readonly type: 'local'; readonly path: string }
  /** Any other backend, by its name. */
  | { readonly type: 'terraform'; readonly backend: string };

/** The state that the operations were computed from. */
export interface BaseState {
  readonly sha256: string;
  /** What the store tells versions apart by: an ETag, or of a file its digest. */
  readonly versionToken: string;
  readonly lineage: string;
  readonly serial: number;
}

/** Who asks. */
export interface Requester {
  /** By `sts:GetCallerIdentity`; undefined where no AWS account is involved. */
  readonly arn?: string;
  /** IAM's unique id of the same identity. */
  readonly userId?: string;
  readonly accessKeyId?: string;
  /** Fingerprint of the SSH key that they sign with. */
  readonly sshKey?: string;
  /** Their `org_username`, or the name in the people map; undefined: not known. */
  readonly person?: string;
}
