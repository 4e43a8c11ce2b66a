import { readProviderInstallation } from '../../terraform/cli-config.js';
import { findProviderMirror } from '../../terraform/provider-mirror.js';
import { missing, ok, type Check, type CheckResult, type DoctorWorld } from '../check.js';
import { probe } from '../http-probe.js';

const REGISTRY = new URL('https://registry.terraform.io/.well-known/terraform.json');

/** Where `terraform init` can get the AWS provider from. */
export const awsProvider: Check = {
  title: 'aws provider',
  purpose: 'terraform init',
  examine: async (world) => {
    const mirror = await findProviderMirror('hashicorp/aws', world);
    if (mirror !== undefined) return ok(`${newest(mirror.versions)} in ${mirror.folder}`);
    const { urls } = await readProviderInstallation(world);
    const [url] = urls;
    return url === undefined ? askRegistry(world) : ok(`from ${hostOf(url)}`);
  },
};

/** `fetch` knows no proxy, terraform does: behind one, nothing can be said beforehand. */
async function askRegistry(world: DoctorWorld): Promise<CheckResult> {
  if (['HTTPS_PROXY', 'https_proxy'].some((name) => (world.env[name] ?? '') !== '')) {
    return ok(`from ${REGISTRY.host}, by the proxy`);
  }
  const answer = await probe(world, REGISTRY);
  if (answer.kind === 'answered' && answer.status === 200) return ok(`from ${REGISTRY.host}`);
  const why = answer.kind === 'failed' ? answer.why : `status ${answer.status}`;
  return missing(
    `no mirror; ${REGISTRY.host}: ${why}`,
    "allow the registry, or name a filesystem_mirror in terraform's CLI configuration (TF_CLI_CONFIG_FILE)",
  );
}

function newest(versions: readonly string[]): string {
  return versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the network mirror';
}
