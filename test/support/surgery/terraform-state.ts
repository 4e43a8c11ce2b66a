import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import type { DocumentOperation } from '../../../src/surgery/operations/operation.js';

export type Outcome = { readonly state: string } | { readonly refusal: string };

/** Runs `terraform state` on local files in a folder of its own, which needs no provider and no configuration. */
export class TerraformState {
  constructor(private readonly folder: string) {}

  /** The state after operations, each by a command of its own; or what the first that failed said. */
  async apply(name: string, state: string, operations: readonly DocumentOperation[]): Promise<Outcome> {
    const file = join(this.folder, name);
    await mkdir(this.folder, { recursive: true });
    await writeFile(file, state);
    for (const args of operations.flatMap(commandsOf)) {
      const [command = '', ...rest] = args;
      const result = await this.run([command, `-state=${file}`, '-backup=/dev/null', '-lock=false', ...rest]);
      if (result.exitCode !== 0) return { refusal: result.stderr };
      // To replace a provider that nothing has is no error to Terraform, but nothing happens either.
      if (result.stdout.includes('No matching resources found')) return { refusal: result.stdout };
    }
    return { state: await readFile(file, 'utf8') };
  }

  private async run(args: readonly string[]): Promise<{ exitCode?: number; stdout: string; stderr: string }> {
    const config = join(this.folder, 'cli-config');
    await writeFile(config, '');
    return execa('terraform', ['state', ...args], {
      cwd: this.folder,
      reject: false,
      timeout: 60_000,
      extendEnv: false,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: this.folder,
        CHECKPOINT_DISABLE: '1',
        TF_CLI_CONFIG_FILE: config,
      },
    });
  }
}

function commandsOf(operation: DocumentOperation): string[][] {
  switch (operation.op) {
    case 'rm':
      return [['rm', '--', ...operation.addresses]];
    case 'mv':
      return operation.moves.map(({ from, to }) => ['mv', '--', from, to]);
    case 'replace-provider':
      return [['replace-provider', '-auto-approve', '--', operation.from, operation.to]];
  }
}

/** The version of the installed terraform, e.g. `1.11.4`. */
export async function terraformVersion(): Promise<string> {
  const { stdout } = await execa('terraform', ['version', '-json'], { env: { CHECKPOINT_DISABLE: '1' } });
  const answer: unknown = JSON.parse(stdout);
  if (typeof answer === 'object' && answer !== null && 'terraform_version' in answer) {
    return String(answer.terraform_version);
  }
  throw new Error('terraform does not tell its version');
}
