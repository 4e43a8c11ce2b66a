import type { ChalkInstance } from 'chalk';

import type { Config } from '../config/config.js';
import type { FleetDiagnosis } from '../diagnosis/diagnosis.js';
import { diagnoseFolder } from '../diagnosis/subjects/folder.js';
import { diagnoseLog } from '../diagnosis/subjects/log.js';
import { UsageError } from '../errors.js';
import { diagnoseAccounts } from '../fleet/diagnose-accounts.js';
import { chooseShard } from '../fleet/shard.js';
import { readOwners } from '../rendering/owners.js';
import { withEndpoint } from '../rendering/render.js';
import type { World } from '../world.js';
import { AccountsProgress } from './accounts-progress.js';
import type { ProgressStream } from './fleet-progress.js';
import { startPlanProgress } from './plan-progress.js';
import { planningRequest, type PlanningFlags } from './planning-flags.js';

/** The values of `diagnoseFlags`. */
export interface DiagnoseFlags extends PlanningFlags {
  readonly account?: string[] | undefined;
  readonly all: boolean;
  readonly dir?: string | undefined;
  readonly log?: string | undefined;
  readonly aws: boolean;
  readonly jobs?: number | undefined;
  readonly shard?: string | undefined;
}

export interface DiagnosisPlaces {
  readonly cacheFolder: string;
  /** For progress. */
  readonly colour: ChalkInstance;
  readonly stderr: ProgressStream;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly world: World;
}

/** Makes the diagnosis that the flags ask for. @throws UsageError when they ask for nothing, and what went wrong */
export async function diagnosisOf(
  flags: DiagnoseFlags,
  config: Config,
  places: DiagnosisPlaces,
): Promise<FleetDiagnosis> {
  if (flags.log !== undefined) return ofLog(flags.log, flags, config, places);
  if (flags.dir !== undefined) return ofFolder(flags.dir, flags, config, places);
  if (flags.account === undefined && !flags.all) {
    throw new UsageError('SubjectMissing', 'nothing is named to diagnose', {
      hint: 'give --account NAME, --all, --dir DIR or --log FILE',
    });
  }
  return ofAccounts(flags, config, places);
}

async function ofAccounts(
  flags: DiagnoseFlags,
  config: Config,
  { cacheFolder, colour, stderr, world }: DiagnosisPlaces,
): Promise<FleetDiagnosis> {
  const shard = chooseShard({ flag: flags.shard, all: flags.all, env: world.env });
  const progress = new AccountsProgress(stderr, colour, world);
  const note = (text: string): void => {
    progress.note(text);
  };
  const { aws: askAws, jobs, account, all } = flags;
  const accounts = all ? undefined : [...new Set(account)];
  const request = planningRequest(flags, config, { account: '', cacheFolder, note });
  try {
    return await diagnoseAccounts({ ...request, accounts, shard, jobs, askAws }, progress, world);
  } finally {
    progress.stop();
  }
}

async function ofFolder(
  dir: string,
  flags: DiagnoseFlags,
  config: Config,
  { cacheFolder, stderr, world }: DiagnosisPlaces,
): Promise<FleetDiagnosis> {
  const progress = startPlanProgress(dir, stderr, world);
  const note = (text: string): void => {
    progress.note(text);
  };
  const request = planningRequest(flags, config, { account: dir, cacheFolder, note });
  try {
    return { accounts: [await diagnoseFolder({ ...request, dir, askAws: flags.aws }, progress, world)] };
  } finally {
    progress.stop();
  }
}

async function ofLog(
  log: string,
  flags: DiagnoseFlags,
  config: Config,
  { cacheFolder, stdin, world }: DiagnosisPlaces,
): Promise<FleetDiagnosis> {
  const [account, ...others] = flags.account ?? [];
  if (others.length > 0) throw new UsageError('LogAmbiguous', '--log is of one --account at most');
  const { source } = planningRequest(flags, config, { account: '', cacheFolder, note: () => undefined });
  const owners =
    account === undefined
      ? undefined
      : await withEndpoint({ source, config }, world, (endpoint) => readOwners(endpoint.connect(), account));
  return { accounts: [await diagnoseLog({ log, stdin, account, owners }, world)] };
}
