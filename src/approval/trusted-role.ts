import type { CallerSession } from './sts/caller-arn.js';

/** A role's own ARN, or that of its sessions without their name. A role's name is unique in its account, whatever its path. */
const ROLE = /^arn:([a-z-]+):(?:iam::(\d{12}):role|sts::(\d{12}):assumed-role)\/(?:[!-~]+\/)?([\w+=,.@-]+)$/;

/**
 * Whether a session is one of a role that is trusted to tell by its session names who it is. Partition, account and name must
 * be equal: a role of the same name in another account is another one (CVE-2025-11621).
 *
 * @param roles `trusted_roles`
 */
export function isTrustedRole(
  { partition, account, role }: CallerSession,
  roles: readonly string[],
): boolean {
  return roles.some((arn) => {
    const [, ofPartition, ofRole, ofSessions, name] = ROLE.exec(arn) ?? [];
    return ofPartition === partition && (ofRole ?? ofSessions) === account && name === role;
  });
}
