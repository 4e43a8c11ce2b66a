import { parse, stringify } from 'smol-toml';

import { fetchAccounts, type AwsAccount } from '../app-interface/accounts.js';
import type { Endpoint } from '../app-interface/endpoint.js';
import { readBounded } from '../bounded-file.js';
import { FailedError } from '../errors.js';
import { findProgram } from '../find-program.js';
import type { JsonObject } from '../json.js';
import { extractSecrets } from '../qontract-reconcile/extract-secrets.js';
import { runReconcile } from '../qontract-reconcile/run.js';
import type { RenderedConfig } from '../tf-config/render-account.js';
import type { World } from '../world.js';
import type { AccountOutcome } from './account-outcome.js';
import { selectAccounts } from './desired-state.js';
import type { RenderingRequest } from './render.js';

const PROGRAM = 'qontract-reconcile';
const MAX_CONFIG_BYTES = 1024 * 1024;

/** The installed qontract-reconcile's path; undefined when there is none. */
export function findReconcile({ env }: World): Promise<string | undefined> {
  return findProgram(PROGRAM, env['PATH'] ?? '');
}

/**
 * Lets the installed qontract-reconcile render accounts from a server. Credentials and secrets are taken out of what it
 * prints, except with `compat`.
 *
 * @throws FailedError `ReconcileMissing`, `ReconcileFailed`, `ReconcileOutput`, `ConfigUnreadable`
 */
export async function renderByReconcile(
  endpoint: Endpoint,
  request: RenderingRequest,
  world: World,
): Promise<AccountOutcome[]> {
  const program = await findReconcile(world);
  if (program === undefined) {
    throw new FailedError('ReconcileMissing', `${PROGRAM} is not on PATH`, {
      hint: 'install it, or leave --renderer at native',
    });
  }
  const accounts = selectAccounts(await fetchAccounts(endpoint.connect()), request.accounts);
  const sections = await runReconcile({
    program,
    config: await reconcileConfig(request, endpoint),
    accounts: request.accounts,
    env: world.env,
    signal: world.signal,
  });
  return accounts.map((account) => outcome(account, sections.get(account.name), request.options.compat));
}

function outcome(account: AwsAccount, section: JsonObject | undefined, compat: boolean): AccountOutcome {
  if (section === undefined) return { kind: 'disabled', account };
  const nothing: Omit<RenderedConfig, 'document' | 'variables'> = { unknowns: [], warnings: [], skipped: [] };
  if (compat) return { kind: 'rendered', account, config: { document: section, variables: [], ...nothing } };
  const { document, variables } = extractSecrets(section);
  return { kind: 'rendered', account, config: { document, variables, ...nothing } };
}

/** The user's own configuration file, with the server that this rendering is about. */
async function reconcileConfig({ config }: RenderingRequest, endpoint: Endpoint): Promise<string> {
  if (config.file === undefined) {
    throw new FailedError('ConfigUnreadable', `${PROGRAM} needs its configuration file`, {
      hint: 'name it with --config FILE or QONTRACT_CONFIG',
    });
  }
  const document = parse((await readBounded(config.file, MAX_CONFIG_BYTES)).toString('utf8'));
  const { url, token } = await endpoint.address();
  const authorization = token === undefined ? {} : { token: token.reveal() };
  return stringify({ ...document, graphql: { server: url, ...authorization } });
}
