import type { Need } from './need.js';
import type { RenderContext } from './provider.js';

/**
 * A lambda's code from a zip: its place, and the hash that Terraform computes of it. Where nobody could fetch the
 * release, both go through one placeholder variable.
 *
 * @param name of the placeholder variable
 */
export function lambdaZip(
  context: Pick<RenderContext, 'fromOutside'>,
  need: Extract<Need, { kind: 'zip' }>,
  name: string,
): { filename: string; source_code_hash: string } {
  const filename = context.fromOutside(need, name);
  const variable = /^\$\{(var\.[\w-]+)\}$/.exec(filename)?.[1];
  return { filename, source_code_hash: `\${filebase64sha256(${variable ?? `"${filename}"`})}` };
}
