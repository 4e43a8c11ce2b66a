import { VaultClient, type VaultAuth } from '../clients/vault.js';
import type { Config } from '../config/config.js';
import { Secret } from '../secret.js';
import type { World } from '../world.js';
import { configFileReader, vaultReader, type SecretReader } from './secret-reader.js';

/** Where Kubernetes puts a pod's own token. */
const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * The store of app-interface's secrets: Vault, or with app-interface's setting `vault: false` the configuration file.
 *
 * @returns undefined for Vault when nothing says where it is or how to log in
 */
export function secretStore(
  usesVault: boolean,
  config: Config,
  { env, fetch }: Pick<World, 'env' | 'fetch'>,
): SecretReader | undefined {
  if (!usesVault) return configFileReader(config.secrets, config.file);
  const server = config.vault?.server ?? env['VAULT_ADDR'];
  const auth = vaultAuth(config, env);
  if (server === undefined || auth === undefined) return undefined;
  return vaultReader(new VaultClient({ server, auth, fetch }));
}

/** AppRole or Kubernetes as qontract-reconcile has them, else a token; `VAULT_TOKEN` is the operator's own. */
export function vaultAuth({ vault }: Config, env: World['env']): VaultAuth | undefined {
  if (vault?.role_id !== undefined && vault.secret_id !== undefined) {
    return { kind: 'approle', roleId: vault.role_id, secretId: vault.secret_id };
  }
  if (vault?.kube_auth_role !== undefined && vault.kube_auth_mount !== undefined) {
    const tokenFile = env['KUBE_SA_TOKEN_PATH'] ?? SERVICE_ACCOUNT_TOKEN;
    return { kind: 'kubernetes', role: vault.kube_auth_role, mount: vault.kube_auth_mount, tokenFile };
  }
  const { VAULT_TOKEN: own = '' } = env;
  const token = vault?.token ?? (own === '' ? undefined : new Secret(own));
  return token === undefined ? undefined : { kind: 'token', token };
}
