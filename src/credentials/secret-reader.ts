import type { VaultSecret } from '../app-interface/accounts.js';
import type { VaultClient } from '../clients/vault.js';
import type { SecretFields, SecretsTable } from '../config/secrets-table.js';
import { FailedError } from '../errors.js';
import { Secret } from '../secret.js';

/** Reads the secrets that app-interface refers to, wherever they are kept. */
export interface SecretReader {
  /** A whole secret. @throws FailedError `SecretNotFound`, or why the store cannot be read */
  readAll(secret: VaultSecret): Promise<SecretFields>;
  /** One field, decoded when its format is base64. @throws FailedError `SecretNotFound`, … */
  read(secret: VaultSecret): Promise<Secret>;
}

/** Secrets of the configuration file: app-interface's setting `vault: false` (app-interface-aws §12.3). */
export function configFileReader(secrets: SecretsTable, file: string | undefined): SecretReader {
  const where = file ?? 'the configuration file (none was given)';
  return fieldReader(({ path }) => {
    const fields = secrets.lookup(path);
    if (fields !== undefined) return Promise.resolve(fields);
    return Promise.reject(notFound(`the secret ${path} is not in ${where}`));
  }, false);
}

/** Secrets of Vault. */
export function vaultReader(vault: VaultClient): SecretReader {
  return fieldReader(async ({ path, version }) => {
    const fields = await vault.read(path, version ?? undefined);
    if (fields !== undefined) return fields;
    const what = version === null || version === undefined ? path : `${path}, version ${version},`;
    throw notFound(`the secret ${what} is not in vault`);
  }, true);
}

/** The original decodes base64 from Vault only; in the configuration file secrets are plain. */
function fieldReader(readAll: SecretReader['readAll'], decodes: boolean): SecretReader {
  return {
    readAll,
    async read(secret) {
      const value = (await readAll(secret)).get(secret.field);
      if (value === undefined) {
        throw notFound(`the secret ${secret.path} has no field ${secret.field}`);
      }
      const encoded = decodes && secret.format === 'base64';
      return encoded ? new Secret(Buffer.from(value.reveal(), 'base64').toString('utf8')) : value;
    },
  };
}

function notFound(message: string): FailedError {
  return new FailedError('SecretNotFound', message, {
    hint: 'correct the path in app-interface, or add the secret',
  });
}
