import { vaultAuth } from '../../credentials/secret-store.js';
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

const LOGINS = { approle: 'AppRole', kubernetes: 'Kubernetes', token: 'token' };

const CORRECT_IT = 'correct server in [vault], or VAULT_ADDR';

export const vault: Check = {
  title: 'vault',
  purpose: "accounts' secrets",
  examine: async (world, { config }) => {
    const server = config.vault?.server ?? world.env['VAULT_ADDR'];
    if (server === undefined || server === '') {
      return missing(
        'not configured',
        'set server in [vault], unless the secrets are in the configuration file itself',
      );
    }
    if (!isHttpUrl(server) || hasPassword(server)) {
      return wrong('its address is not an http or https URL without a password', CORRECT_IT);
    }
    const { host } = new URL(server);
    const answer = await probe(world, new URL('/v1/sys/health', server));
    if (typeof answer === 'string') return wrong(`${host}: ${answer}`, CORRECT_IT);
    const health = HEALTH[answer.status];
    if (health === undefined || UNUSABLE.has(answer.status)) {
      return wrong(`${host} is ${health ?? `no vault (status ${answer.status})`}`, 'ask those who run it');
    }
    const auth = vaultAuth(config, world.env);
    return auth === undefined
      ? wrong(
          'no way to log in',
          'set role_id and secret_id, or kube_auth_role and kube_auth_mount, or token in [vault], or VAULT_TOKEN',
        )
      : ok(`${health}, log in by ${LOGINS[auth.kind]}`);
  },
};
