import type { SurgeryRequest } from './request/request.js';

/** Whether people have approved a request. Made by the approval rules; the engine knows nothing of proofs. */
export interface ApprovalPolicy {
  /**
   * @param digest the request's, hex
   * @returns who approved, for the journal
   * @throws RefusedError with the reason
   */
  verify(request: SurgeryRequest, digest: string): Promise<readonly Approver[]>;
}

export interface Approver {
  /** Their name in app-interface or in the people map. */
  readonly person: string;
  /** e.g. `sts` or `ssh` */
  readonly proof: string;
  /** An ARN, or a key's fingerprint. */
  readonly principal: string;
}
