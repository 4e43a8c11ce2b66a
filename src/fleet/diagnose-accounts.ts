import { fetchAccounts, isIntegrationEnabled } from '../app-interface/accounts.js';
import type { Endpoint } from '../app-interface/endpoint.js';
import { diagnoseAccount, type AccountDiagnosisRequest } from '../diagnosis/subjects/account.js';
import type { FleetDiagnosis } from '../diagnosis/diagnosis.js';
import type { PlanningObserver } from '../planning/planned-account.js';
import { INTEGRATION, selectAccounts } from '../rendering/desired-state.js';
import { withEndpoint } from '../rendering/render.js';
import type { World } from '../world.js';
import { defaultJobs, machineResources } from './jobs.js';
import { runFleet, type FleetEvent } from './run-fleet.js';
import { inShard, type ChosenShard } from './shard.js';

/** Which accounts to diagnose, and how. */
export interface AccountsRequest extends Omit<AccountDiagnosisRequest, 'account'> {
  /** Names; undefined: all in which the integration is not disabled. */
  readonly accounts: readonly string[] | undefined;
  readonly shard: ChosenShard | undefined;
  /** How many at a time; undefined: as many as the machine has memory for. */
  readonly jobs: number | undefined;
}

/** Told how it goes on with each account. */
export interface AccountsObserver {
  /** Which accounts it will be, before the first is begun. */
  begin(names: readonly string[]): void;
  onProgress(event: FleetEvent): void;
  of(account: string): PlanningObserver;
}

/**
 * Diagnoses accounts. One alone that cannot be diagnosed is an error; of several it is one that failed.
 *
 * @throws FailedError `AccountUnknown`; why the server could not be asked; the interruption
 */
export async function diagnoseAccounts(
  request: AccountsRequest,
  observer: AccountsObserver,
  world: World,
): Promise<FleetDiagnosis> {
  return withEndpoint(request, world, async (endpoint) => {
    const names = await accountNames(endpoint, request);
    observer.begin(names);
    const diagnoseOne = (account: string): ReturnType<typeof diagnoseAccount> =>
      diagnoseAccount(endpoint, { ...request, account }, observer.of(account), world);
    const [only, ...others] = names;
    const isAlone = only !== undefined && others.length === 0 && request.accounts !== undefined;
    const accounts = isAlone
      ? [await diagnoseOne(only)]
      : await runFleet(names, diagnoseOne, {
          jobs: request.jobs ?? defaultJobs(await machineResources()),
          signal: world.signal,
          onProgress: (event) => {
            observer.onProgress(event);
          },
        });
    const { shard } = request;
    return {
      accounts,
      ...(shard === undefined ? {} : { shard: { index: shard.index, total: shard.total } }),
    };
  });
}

async function accountNames(
  endpoint: Endpoint,
  { accounts, shard }: AccountsRequest,
): Promise<readonly string[]> {
  const all = await fetchAccounts(endpoint.connect());
  const chosen =
    accounts === undefined
      ? all.filter((account) => isIntegrationEnabled(account, INTEGRATION))
      : selectAccounts(all, accounts);
  const names = chosen.map(({ name }) => name).sort();
  return shard === undefined ? names : inShard(names, shard);
}
