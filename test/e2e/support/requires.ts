import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, test } from '@jest/globals';

import { findProgram } from '../../../src/find-program.js';
import { findProviderMirror } from '../../../src/terraform/provider-mirror.js';

/** What a test can need of the machine: a program on `PATH`, or the AWS provider in a mirror. */
export type Need =
  'terraform' | 'moto_server' | 'ssh-keygen' | 'git' | 'python3' | 'chromium' | 'aws-provider';

export type DescribeTests = (name: string, body: () => void) => void;

type Env = Readonly<Record<string, string | undefined>>;

/** The version that the example's accounts name. */
const AWS_PROVIDER_VERSION = '5.100.0';

/**
 * A `describe` for tests that need real programs: where one is missing they are skipped, with the reason in the title;
 * with `CI=true` they fail instead, so that a broken CI image cannot pass by skipping.
 */
export async function requires(needs: readonly Need[]): Promise<DescribeTests> {
  const reason = (await missingNeeds(needs, process.env)).join('; ');
  switch (verdict(reason, process.env)) {
    case 'run':
      return describe;
    case 'skip':
      return (name, body) => {
        describe.skip(`${name} (skipped: ${reason})`, body);
      };
    case 'fail':
      return (name) => {
        test(`${name} has what it needs`, () => {
          throw new Error(reason);
        });
      };
  }
}

/** What to do with tests of which `reason` says why they cannot run. */
export function verdict(reason: string, env: Env): 'run' | 'skip' | 'fail' {
  if (reason === '') return 'run';
  return env['CI'] === 'true' ? 'fail' : 'skip';
}

/** The reasons why tests with these needs cannot run here; none if they can. */
export async function missingNeeds(needs: readonly Need[], env: Env): Promise<string[]> {
  const reasons = await Promise.all(needs.map((need) => missing(need, env)));
  return reasons.filter((reason) => reason !== undefined);
}

async function missing(need: Need, env: Env): Promise<string | undefined> {
  if (need === 'aws-provider') {
    return (await hasAwsProvider(env)) ? undefined : `no mirror has AWS provider ${AWS_PROVIDER_VERSION}`;
  }
  return (await findProgram(need, env['PATH'] ?? '')) === undefined ? `${need} is not on PATH` : undefined;
}

async function hasAwsProvider(env: Env): Promise<boolean> {
  const mirror = await findProviderMirror(env);
  if (mirror === undefined) return false;
  // Unpacked packages are in a folder named by their version, packed ones are files with the version in their name.
  const versions = await readdir(join(mirror.folder, 'registry.terraform.io/hashicorp/aws')).catch(() => []);
  return versions.some((name) => name.includes(AWS_PROVIDER_VERSION));
}
