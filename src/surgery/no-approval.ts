import { RefusedError } from '../errors.js';
import type { ApprovalPolicy } from './approval.js';

/** Refuses everything: nobody can approve a request yet. */
export const noApproval: ApprovalPolicy = {
  verify: () => {
    throw new RefusedError('ApprovalMissing', 'no approval can be made yet, so nothing is written');
  },
};
