import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { RefusedError } from '../../errors.js';
import type { TerraformRoot } from '../../terraform/root.js';
import { runFailure, type Terraform } from '../../terraform/terraform.js';
import type { DocumentOperation } from '../operations/operation.js';

/** Where terraform edits a state. */
export interface EditPlace {
  /** Of the root, for messages. */
  readonly name: string;
  /** Private (0700); it takes the state (0600) and terraform's backups of it. */
  readonly folder: string;
  readonly terraform: Terraform;
}

/**
 * Lets `terraform state rm`, `mv` and `replace-provider` do operations on a private copy of a state. It needs no
 * configuration, and knows no other state.
 *
 * @returns the copy afterwards; each command has raised its serial by one
 * @throws FailedError `StateCommandFailed` with terraform's words; RefusedError `EngineUnsupported`; the interruption
 * @see https://developer.hashicorp.com/terraform/cli/commands/state
 */
export async function editState(
  { name, folder, terraform }: EditPlace,
  bytes: Buffer,
  operations: readonly DocumentOperation[],
): Promise<Buffer> {
  const commands = operations.flatMap(commandsOf);
  const empty = join(folder, 'empty');
  const path = join(folder, 'edited.tfstate');
  await mkdir(empty, { mode: 0o700 });
  await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
  const root: TerraformRoot = { name, folder: empty, env: {}, backend: { type: 'local', path } };
  for (const { command, flags = [], words } of commands) {
    const ours = [`-state=${path}`, `-backup=${path}.backup`, '-lock=false', ...flags, '--'];
    const result = await terraform.run(root, ['state', command, ...ours, ...words]);
    if (result.exitCode === 0 && !result.timedOut) continue;
    throw runFailure('StateCommandFailed', `${terraform.product} state ${command} on a copy`, result, root);
  }
  return readFile(path);
}

interface StateCommand {
  readonly command: string;
  readonly flags?: readonly string[];
  readonly words: readonly string[];
}

function commandsOf(operation: DocumentOperation): StateCommand[] {
  switch (operation.op) {
    case 'rm':
      return [{ command: 'rm', words: operation.addresses }];
    case 'mv':
      return operation.moves.map(({ from, to }) => ({ command: 'mv', words: [from, to] }));
    case 'replace-provider':
      if (operation.addresses !== undefined) throw onlySome();
      return [
        { command: 'replace-provider', flags: ['-auto-approve'], words: [operation.from, operation.to] },
      ];
  }
}

function onlySome(): RefusedError {
  return new RefusedError(
    'EngineUnsupported',
    'terraform state replace-provider takes all resources of a provider, not single ones',
    { hint: 'leave --engine terraform away, or --only' },
  );
}
