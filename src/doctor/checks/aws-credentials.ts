import type { Config } from '../../config/config.js';
import { defaultChain } from '../../credentials/default-chain.js';
import { vaultAuth } from '../../credentials/secret-store.js';
import { isError, systemCodeOf } from '../../errors.js';
import { missing, ok, wrong, type Check, type CheckResult, type DoctorWorld } from '../check.js';

const GET_THEM =
  'log in with aws sso login, name a profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';

/** The operator's own credentials, or those of the accounts. Whether AWS accepts them is asked with `--online` only. */
export const awsCredentials: Check = {
  title: 'aws credentials',
  purpose: 'state and resources',
  examine: async (world, { config, online }) => {
    const chain = await defaultChain(world);
    if (chain?.kind === 'unusable') return wrong(chain.why, chain.advice);
    if (chain !== undefined) return online ? askAws(world) : ok(chain.what);
    if (hasVault(world, config)) return ok('from vault, per account');
    if (config.secrets.someTableHas(['aws_access_key_id', 'aws_secret_access_key'])) {
      return ok('from the configuration file');
    }
    return missing('none found', GET_THEM);
  },
};

function hasVault({ env }: DoctorWorld, config: Config): boolean {
  const server = config.vault?.server ?? env['VAULT_ADDR'] ?? '';
  return server !== '' && vaultAuth(config, env) !== undefined;
}

async function askAws(world: DoctorWorld): Promise<CheckResult> {
  try {
    return ok(await world.callerArn());
  } catch (error) {
    world.signal.throwIfAborted();
    return judge(error);
  }
}

/** Only the error's code or name is told: its message may quote a part of the credentials. */
function judge(error: unknown): CheckResult {
  const code = systemCodeOf(error);
  if (code !== undefined)
    return wrong(`AWS cannot be reached: ${code}`, 'check the network, or leave out --online');
  const name = isError(error) ? error.name : 'unknown error';
  return name === 'AbortError' || name === 'TimeoutError'
    ? wrong('AWS does not answer', 'check the network, or leave out --online')
    : wrong(`AWS refuses us: ${name}`, GET_THEM);
}
