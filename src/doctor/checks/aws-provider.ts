import { join } from 'node:path';

import { missing, ok, type Check, type CheckResult, type DoctorWorld } from '../check.js';
import { probe } from '../http-probe.js';

const REGISTRY = new URL('https://registry.terraform.io/.well-known/terraform.json');
const AWS = 'registry.terraform.io/hashicorp/aws';

/** Where `terraform init` can get the AWS provider from. */
export const awsProvider: Check = {
  title: 'aws provider',
  purpose: 'terraform init',
  examine: async (world) => {
    const mirror = await world.findProviderMirror();
    if (mirror?.providers.includes(AWS) === true) {
      const version = newestVersion((await world.listFolder(join(mirror.folder, AWS))) ?? []);
      return ok(`${version} in ${mirror.folder}`);
    }
    const url = await networkMirror(world);
    return url === undefined ? askRegistry(world) : ok(`from ${hostOf(url)}`);
  },
};

/** Versions are folders in an unpacked mirror, and in the names of zip files in a packed one. */
function newestVersion(names: readonly string[]): string {
  const versions = names.flatMap((name) => /\d+\.\d+\.\d+/.exec(name)?.[0] ?? []);
  return versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? 'no version';
}

/** The address of a `network_mirror` block in terraform's CLI configuration. */
async function networkMirror({ env, home, readText }: DoctorWorld): Promise<string | undefined> {
  const text = await readText(env['TF_CLI_CONFIG_FILE'] ?? join(home, '.terraformrc'));
  return /^[^#\n]*\bnetwork_mirror\s*\{[^}]*?\burl\s*=\s*"([^"]+)"/m.exec(text ?? '')?.[1];
}

/** `fetch` knows no proxy, terraform does: behind one, nothing can be said beforehand. */
async function askRegistry(world: DoctorWorld): Promise<CheckResult> {
  if (['HTTPS_PROXY', 'https_proxy'].some((name) => (world.env[name] ?? '') !== '')) {
    return ok(`from ${REGISTRY.host}, by the proxy`);
  }
  const answer = await probe(world, REGISTRY);
  if (typeof answer === 'object' && answer.status === 200) return ok(`from ${REGISTRY.host}`);
  const why = typeof answer === 'string' ? answer : `status ${answer.status}`;
  return missing(
    `no mirror; ${REGISTRY.host}: ${why}`,
    'allow the registry, or name a folder with provider packages in TFREPAIR_PROVIDER_MIRROR',
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the network mirror';
}
