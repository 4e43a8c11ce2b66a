import { resolve, sep } from 'node:path';

import gte from 'semver/functions/gte.js';
import parse from 'semver/functions/parse.js';

import type { AskProgram } from '../clients/ask-program.js';
import { FailedError } from '../errors.js';
import { findProgram } from '../find-program.js';

export type Product = 'terraform' | 'tofu';

/** The first release whose `plan -json`, plan file and state format are the ones read here. */
export const OLDEST_VERSION = '1.0.0';

/** Where to get a terraform from. */
export const GET_TERRAFORM =
  'install terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org)';

/** What says which terraform to take. */
export const NAME_TERRAFORM =
  'correct --terraform-bin, TFREPAIR_TERRAFORM_BIN or terraform_bin in [tfrepair]';

/** A terraform or tofu that can be run. */
export interface TerraformExecutable {
  /** Absolute. */
  readonly file: string;
  readonly product: Product;
  /** e.g. `1.11.4` */
  readonly version: string;
}

/** How programs are found and asked; tests pass their own. */
export interface ProgramWorld {
  readonly ask: AskProgram;
  /** The value of `PATH`. */
  readonly path: string;
  /** For a relative path that the user gave. */
  readonly cwd: string;
}

/**
 * What `terraform version` answers begins with `Terraform v1.11.4`, `tofu version` with `OpenTofu v1.9.0`.
 *
 * @returns undefined when it is neither
 */
export function versionIn(stdout: string): Pick<TerraformExecutable, 'product' | 'version'> | undefined {
  const [, product, number] =
    /^(Terraform|OpenTofu) v(\d{1,5}\.\d{1,5}\.\d{1,5}\S{0,20})$/m.exec(stdout) ?? [];
  const version = parse(number);
  if (product === undefined || version === null) return undefined;
  return { product: product === 'OpenTofu' ? 'tofu' : 'terraform', version: version.version };
}

/** Whether this version's output and files are those read here. */
export function isRecentEnough(version: string): boolean {
  return gte(version, OLDEST_VERSION);
}

/**
 * Finds the executable that the user named, else `terraform` or `tofu` on `PATH`, and asks its version.
 *
 * @param named a path, or a name to look for on `PATH`
 * @throws FailedError `TerraformMissing`, `TerraformUnusable`
 */
export async function findTerraform(
  named: string | undefined,
  world: ProgramWorld,
): Promise<TerraformExecutable> {
  for (const name of named === undefined ? ['terraform', 'tofu'] : [named]) {
    const file = await locate(name, world);
    if (file !== undefined)
      return examine(file, world.ask, named === undefined ? GET_TERRAFORM : NAME_TERRAFORM);
  }
  if (named !== undefined) {
    throw new FailedError('TerraformMissing', `there is no executable ${named}`, { hint: NAME_TERRAFORM });
  }
  throw new FailedError('TerraformMissing', 'neither terraform nor tofu is on PATH', {
    hint: `${GET_TERRAFORM}, or name it with --terraform-bin`,
  });
}

/** Absolute, because terraform is run in other folders than the user's. */
async function locate(name: string, { path, cwd }: ProgramWorld): Promise<string | undefined> {
  if (name.includes(sep)) return resolve(cwd, name);
  const file = await findProgram(name, path);
  return file === undefined ? undefined : resolve(cwd, file);
}

async function examine(file: string, ask: AskProgram, hint: string): Promise<TerraformExecutable> {
  const answer = await ask(file, ['version']);
  if (answer.kind === 'absent') {
    throw new FailedError('TerraformMissing', `there is no executable ${file}`, { hint });
  }
  if (answer.kind === 'failed') throw unusable(file, answer.why, hint);
  const found = versionIn(answer.stdout);
  if (found === undefined) throw unusable(file, 'it does not say its version', hint);
  if (!isRecentEnough(found.version)) {
    throw unusable(file, `${found.version} is too old, ${OLDEST_VERSION} or later is needed`, hint);
  }
  return { file, ...found };
}

function unusable(file: string, why: string, hint: string): FailedError {
  return new FailedError('TerraformUnusable', `cannot use ${file}: ${why}`, { hint });
}
