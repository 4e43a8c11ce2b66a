import type { FleetDiagnosis } from '../diagnosis/diagnosis.js';
import { verdictOf } from '../diagnosis/tally.js';
import { ExitCode } from '../errors.js';

/**
 * How a diagnosis ends; with 3 only when `--exit-code` is given. A failure counts more than findings: who relies on 3 must know that everything was looked at,
 * and so it does when shards are missing.
 */
export function exitCodeOf({ accounts, missingShards = [] }: FleetDiagnosis): ExitCode {
  const verdicts = new Set(accounts.map(verdictOf));
  if (verdicts.has('failed') || missingShards.length > 0) return ExitCode.failed;
  return verdicts.has('findings') ? ExitCode.findings : ExitCode.ok;
}
