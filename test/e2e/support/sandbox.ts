import { fileURLToPath } from 'node:url';

import { openSandbox, type SandboxOptions } from '../../../src/sandbox/open.js';
import type { Sandbox, SandboxAccount } from '../../../src/sandbox/sandbox.js';
import { createWorld } from '../../../src/world.js';

/** Opens a sandbox on the shipped example. */
export async function openExampleSandbox(
  options: Partial<Pick<SandboxOptions, 'enforceAuth' | 'parent'>> = {},
): Promise<Sandbox> {
  const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
  return openSandbox({ examples, world: createWorld(process), ...options });
}

/** An account of the sandbox that must be there. */
export function accountOf(sandbox: Sandbox, name: string): SandboxAccount {
  const account = sandbox.accounts.get(name);
  if (account === undefined) throw new Error(`the sandbox has no account ${name}`);
  return account;
}
