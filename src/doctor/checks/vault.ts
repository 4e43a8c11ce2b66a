import type { VaultSection } from '../../config/schema.js';
import { hasPassword, isHttpUrl } from '../../http-url.js';
import { missing, ok, wrong, type Check } from '../check.js';
import { probe } from '../http-probe.js';

/** What `/v1/sys/health` says by its status code (Vault's API documentation); all others are no answer of Vault's. */
const HEALTH: Readonly<Record<number, string>> = {
  200: 'active',
  429: 'standby',
  472: 'recovery standby',
  473: 'performance standby',
  501: 'not initialised',
  503: 'sealed',
};

const UNUSABLE: ReadonlySet<number> = new Set([472, 501, 503]);

const CORRECT_IT = 'correct server in [vault]';

export const vault: Check = {
  title: 'vault',
  purpose: "accounts' secrets",
  examine: async (world, { config }) => {
    const { server } = config.vault ?? {};
    if (config.vault === undefined || server === undefined) {
      return missing(
        'not configured',
        'set server in [vault], unless the secrets are in the configuration file itself',
      );
    }
    const login = loginOf(config.vault);
    if (!isHttpUrl(server) || hasPassword(server)) {
      return wrong('its address is not an http or https URL without a password', CORRECT_IT);
    }
    const address = new URL(server);
    const url = new URL('/v1/sys/health', address);
    const answer = await probe(world, url);
    if (typeof answer === 'string') return wrong(`${address.host}: ${answer}`, CORRECT_IT);
    const health = HEALTH[answer.status];
    if (health === undefined || UNUSABLE.has(answer.status)) {
      return wrong(
        `${address.host} is ${health ?? `no vault (status ${answer.status})`}`,
        'ask those who run it',
      );
    }
    return login === undefined
      ? wrong('no way to log in', 'set role_id and secret_id, or kube_auth_role, or token in [vault]')
      : ok(`${health}, log in by ${login}`);
  },
};

/** The way to log in that the section has everything for. */
function loginOf({ token, role_id, secret_id, kube_auth_role }: VaultSection): string | undefined {
  if (token !== undefined) return 'token';
  if (role_id !== undefined && secret_id !== undefined) return 'AppRole';
  return kube_auth_role === undefined ? undefined : 'Kubernetes';
}
