import { readFile } from 'node:fs/promises';

import type { JsonObject } from '../json.js';
import { forgetInit, keepInit, restoreInit } from './init-cache.js';
import { initKey } from './init-key.js';
import type { TerraformRoot } from './root.js';
import { runFailure, type Terraform } from './terraform.js';

/** What `init` may keep between runs, of a root whose whole config is known. */
export interface InitCache {
  readonly cacheFolder: string;
  readonly key: string;
}

/** The cache of a root that consists of this document. */
export async function initCacheOf(
  document: JsonObject,
  terraform: Terraform,
  cacheFolder: string,
): Promise<InitCache> {
  const { TF_CLI_CONFIG_FILE: file } = terraform.cliConfig;
  const cliConfig = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  return { cacheFolder, key: initKey(document, terraform, cliConfig) };
}

/**
 * Makes a root ready for plans. What an earlier run installed for the same config is taken, when it is still there.
 *
 * @returns whether terraform had to be run for it
 * @throws FailedError `InitFailed` with terraform's words; the interruption
 */
export async function initRoot(
  root: TerraformRoot,
  terraform: Terraform,
  cache: InitCache,
): Promise<'initialised' | 'reused'> {
  if (await restoreInit(cache.cacheFolder, cache.key, root.folder)) return 'reused';
  await initAnew(root, terraform, cache);
  return 'initialised';
}

/** The same without a look at what is kept. */
export async function initAnew(root: TerraformRoot, terraform: Terraform, cache: InitCache): Promise<void> {
  await forgetInit(root.folder);
  const result = await terraform.run(root, ['init', '-input=false', '-no-color']);
  if (result.exitCode !== 0 || result.timedOut) {
    throw runFailure('InitFailed', `${terraform.product} init of ${root.name}`, result, root);
  }
  await keepInit(cache.cacheFolder, cache.key, root.folder);
}
