import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { execa } from 'execa';
import pLimit from 'p-limit';

import { oracleFile, type OraclePart } from '../../support/oracle.js';
import { runCli, type CliOptions, type CliResult } from './run-cli.js';

const COMPARE = fileURLToPath(new URL('../../fixtures/oracle/compare.mjs', import.meta.url));

/** As many processes at once as a small machine has processors. */
export const twoAtATime = pLimit(2);

/** Renders from a part of the oracle, with nothing but its bundle and configuration file. */
export async function renderOracle(
  part: OraclePart,
  args: readonly string[],
  folder: string,
  options: CliOptions = {},
): Promise<CliResult> {
  const config = args.includes('--config') ? [] : ['--config', oracleFile(part, 'config.toml')];
  const source = ['--bundle', oracleFile(part, 'bundle.json'), ...config];
  return twoAtATime(async () => {
    await mkdir(folder, { recursive: true });
    const home = await mkdtemp(join(folder, 'home-'));
    return runCli(['config', ...source, '--offline', ...args], home, options);
  });
}

/** What the oracle's own comparison says of a rendered config: `equal`, or one line for each difference. */
export async function compareWithGolden(name: string, candidate: string, compat: boolean): Promise<string> {
  const golden = oracleFile('public', `${name}/config.tf.json`);
  const args = [COMPARE, ...(compat ? ['--compat'] : []), golden, candidate];
  const { stdout, stderr } = await twoAtATime(() => execa(process.execPath, args, { reject: false }));
  return `${stdout}${stderr}`;
}
