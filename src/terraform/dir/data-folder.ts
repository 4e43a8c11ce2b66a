import { join, resolve } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';

const MAX_BYTES = 32 * 1024 * 1024;

/**
 * The folder in which terraform keeps what `init` has found out, `.terraform` by default.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_data_dir
 */
export class DataFolder {
  /** Absolute. */
  readonly path: string;

  constructor(root: string, env: Readonly<Record<string, string | undefined>>) {
    const named = env['TF_DATA_DIR'];
    this.path = resolve(root, named === undefined || named === '' ? '.terraform' : named);
  }

  /** A file of it; undefined when there is none. @throws FailedError `DataFolderUnreadable` */
  async read(...names: readonly string[]): Promise<Buffer | undefined> {
    const file = join(this.path, ...names);
    try {
      return await readBounded(file, MAX_BYTES);
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return undefined;
      throw new FailedError('DataFolderUnreadable', `cannot read ${file}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
}
