import { FailedError } from '../../errors.js';
import type { World } from '../../world.js';

/**
 * Makes moto check every further request's signature and permissions, or no further one: sets its
 * `INITIAL_NO_AUTH_ACTION_COUNT`, the number of requests that it lets pass.
 *
 * @see https://docs.getmoto.org/en/latest/docs/iam.html
 */
export async function enforceAuth(endpoint: string, enforced: boolean, fetch: World['fetch']): Promise<void> {
  const body = enforced ? '0' : 'inf';
  const response = await fetch(`${endpoint}/moto-api/reset-auth`, { method: 'POST', body });
  await response.body?.cancel();
  if (response.ok) return;
  throw new FailedError('MotoAuth', `the AWS API server cannot enforce signatures: HTTP ${response.status}`);
}
