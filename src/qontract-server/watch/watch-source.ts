import { FailedError, messageOf } from '../../errors.js';
import type { LoadOptions } from '../load.js';
import type { BundleSource } from '../sources/source.js';

export interface SourceWatch {
  readonly source: BundleSource;
  /** Files changed after this moment (milliseconds since the epoch) are news. */
  readonly since: number;
  /** Must not throw. */
  readonly reload: (options: LoadOptions) => Promise<unknown>;
  readonly onFailure: (error: FailedError) => void;
}

/**
 * Reloads a source whenever its files change. The files decide what is the latest, also when they go back to what they
 * were. What cannot be watched is reported once.
 *
 * @returns the function that stops it
 */
export async function watchSource({
  source,
  since,
  reload,
  onFailure,
}: SourceWatch): Promise<() => Promise<void>> {
  let failed = false;
  const fail = (error: unknown): void => {
    if (!failed) onFailure(explain(error));
    failed = true;
  };
  try {
    const { watchFiles } = await import('./watch-files.js');
    const paths = await source.paths();
    const onChange = async (): Promise<void> => {
      await reload({ followSource: true });
    };
    return watchFiles({ paths, since, onChange, onError: fail });
  } catch (error) {
    fail(error);
    return () => Promise.resolve();
  }
}

function explain(cause: unknown): FailedError {
  return new FailedError('WatchFailed', `not every change will be noticed: ${messageOf(cause)}`, {
    hint: 'POST /reload reads the data again; ENOSPC means that fs.inotify.max_user_watches is too low',
    cause,
  });
}
