import type { TerraformRoot } from '../root.js';
import { runFailure, type Terraform } from '../terraform.js';

/**
 * The state of an initialised root, as terraform gives it; undefined when nothing was ever written.
 *
 * @throws FailedError `StateUnreadable` with terraform's words, `TerraformOutput`; the interruption
 */
export async function pullState(root: TerraformRoot, terraform: Terraform): Promise<Uint8Array | undefined> {
  const result = await terraform.ask(root, ['state', 'pull']);
  if (result.exitCode !== 0 || result.timedOut) {
    throw runFailure('StateUnreadable', `${terraform.product} state pull in ${root.name}`, result, root);
  }
  return result.stdout.every((byte) => byte === 0x0a) ? undefined : result.stdout;
}
