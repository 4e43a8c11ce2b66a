import { execa, type ResultPromise } from 'execa';

import { cleanEnv } from './run-cli.js';
import { writeFiles } from '../../support/write-files.js';

/** A root in a folder, in which the real terraform is run, with nothing of the caller's own set-up. */
export interface RealRoot {
  readonly folder: string;
  /** Runs terraform; rejects when it fails. */
  readonly terraform: (...args: readonly string[]) => ResultPromise;
}

/** Writes a root and initialises it. */
export async function initRealRoot(
  folder: string,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<RealRoot> {
  await writeFiles(folder, files);
  const quiet = { TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', TF_INPUT: '0' };
  const options = {
    cwd: folder,
    env: { ...cleanEnv(folder), ...quiet, ...env },
    extendEnv: false,
    timeout: 100_000,
    killSignal: 'SIGKILL',
  } as const;
  const terraform = (...args: readonly string[]): ResultPromise => execa('terraform', args, options);
  await terraform('init', '-no-color');
  return { folder, terraform };
}
