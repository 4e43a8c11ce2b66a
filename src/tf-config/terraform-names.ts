import type { Blocks } from './model/document.js';

/** What Terraform accepts as the name of a resource or an output. */
const TERRAFORM_NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/**
 * Names that Terraform will not accept, as one warning. The reconcile loop renders them all the same, and app-interface's
 * schema allows identifiers that start with a digit or hold dots.
 */
export function terraformNameWarnings(blocks: Blocks): string[] {
  const bad = blocks.allNames().filter((address) => !TERRAFORM_NAME.test(nameIn(address)));
  if (bad.length === 0) return [];
  const shown = bad.slice(0, 3).join(', ');
  const more = bad.length > 3 ? ` and ${bad.length - 3} more` : '';
  return [`terraform will refuse these names: ${shown}${more}`];
}

/** The name is what follows the type; it may itself hold dots. */
function nameIn(address: string): string {
  const withoutData = address.startsWith('data.') ? address.slice('data.'.length) : address;
  return withoutData.slice(withoutData.indexOf('.') + 1);
}
