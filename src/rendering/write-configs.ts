import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { FailedError, messageOf, UsageError } from '../errors.js';
import type { JsonObject } from '../json.js';

/** The name that the runbook gives the file. */
const FILE_NAME = 'config.tf.json';

/** Where rendered configs go. */
export type Target =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file'; readonly file: string }
  /** `config.tf.json` in the folder, or with several accounts in a folder below it for each. */
  | { readonly kind: 'folder'; readonly folder: string };

/**
 * What `--out` means: `-` is stdout, an existing folder or a name that ends in `/` a folder, anything else a file.
 *
 * @param several whether more than one account is rendered
 * @throws UsageError `OutAmbiguous` when several configs would go to one place
 */
export async function targetOf(out: string, several: boolean): Promise<Target> {
  if (out !== '-' && (out.endsWith('/') || (await isFolder(out))))
    return { kind: 'folder', folder: resolve(out) };
  if (several) {
    throw new UsageError('OutAmbiguous', 'several accounts need a folder to be written to', {
      hint: 'give --out DIR/',
    });
  }
  return out === '-' ? { kind: 'stdout' } : { kind: 'file', file: resolve(out) };
}

/** Text of a config, as Terraform and people read it. */
export function configText(document: JsonObject): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * Writes a config for its owner alone (0600), whole or not at all.
 *
 * @param account for a folder of its own; undefined when there is one account only
 * @returns the file
 * @throws FailedError `OutUnwritable`
 */
export async function writeConfig(
  document: JsonObject,
  target: Exclude<Target, { kind: 'stdout' }>,
  account: string | undefined,
): Promise<string> {
  const file = target.kind === 'file' ? target.file : join(target.folder, folderName(account), FILE_NAME);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(file, configText(document), { mode: 0o600 });
    return file;
  } catch (error) {
    throw new FailedError('OutUnwritable', `cannot write ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** The name comes from the data: it must not lead anywhere else. */
function folderName(account: string | undefined): string {
  if (account === undefined) return '.';
  if (/^[\w-][\w.-]*$/.test(account)) return account;
  throw new FailedError(
    'OutUnwritable',
    `the account name ${JSON.stringify(account)} cannot be a folder's name`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
