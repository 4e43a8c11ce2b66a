import { FailedError, messageOf, UsageError } from '../../errors.js';
import { Secret } from '../../secret.js';

/** How the content of backups is hidden from who can read the file. */
export interface BackupEncryption {
  /** @throws UsageError `RecipientInvalid` */
  encrypt(bytes: Buffer): Promise<Buffer>;
}

/**
 * Encryption for some recipients with age.
 *
 * @param recipients `age1…`
 * @see https://age-encryption.org/v1
 */
export function encryptFor(recipients: readonly string[]): BackupEncryption {
  return {
    encrypt: async (bytes) => {
      const { Encrypter } = await import('age-encryption');
      const encrypter = new Encrypter();
      for (const recipient of recipients) {
        try {
          encrypter.addRecipient(recipient);
        } catch (error) {
          throw new UsageError('RecipientInvalid', `${JSON.stringify(recipient)} is no age recipient`, {
            hint: 'a recipient begins with age1; see tfrepair.backup.recipients in the configuration file',
            cause: error,
          });
        }
      }
      return Buffer.from(await encrypter.encrypt(bytes));
    },
  };
}

/**
 * Makes readable what was encrypted for the owner of an identity file.
 *
 * @param identities the text of the file, as `age-keygen` writes it
 * @throws FailedError `BackupNotDecrypted`
 */
export async function decryptWith(identities: Secret, bytes: Buffer): Promise<Buffer> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  try {
    for (const line of identities.reveal().split(/\r?\n/)) {
      if (line.startsWith('AGE-SECRET-KEY-')) decrypter.addIdentity(line.trim());
    }
    return Buffer.from(await decrypter.decrypt(bytes));
  } catch (error) {
    throw new FailedError('BackupNotDecrypted', `the backup cannot be decrypted: ${messageOf(error)}`, {
      hint: 'name the file with the age identity that it was encrypted for, with --identity FILE',
    });
  }
}
