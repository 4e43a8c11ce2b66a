import type { Facts, LocatedError } from '../facts.js';
import type { Finding } from '../finding.js';
import { expect, finding } from '../repairs.js';
import { addressOrCount, oneLine, said } from '../words.js';

const DEFAULT_HOSTS = new Set(['registry.terraform.io', 'registry.opentofu.org']);

/** A provider's source address in its three parts. @see https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses */
interface Source {
  readonly host: string;
  readonly namespace: string;
  readonly type: string;
}

/** Resources whose provider goes by another address in the configuration: they need the new address in the state. */
export function providerReplaced(facts: Facts): Finding[] {
  const byProvider = new Map<string, string[]>();
  for (const { provider, address } of facts.managed) {
    const known = byProvider.get(provider);
    if (known === undefined) byProvider.set(provider, [address]);
    else known.push(address);
  }
  for (const provider of facts.errors.flatMap(providerIn)) {
    if (!byProvider.has(provider)) byProvider.set(provider, []);
  }
  return [...byProvider].flatMap(([from, addresses]) => {
    const to = successorOf(facts, from);
    return to === undefined ? [] : [replaced(facts, from, to, [...new Set(addresses)])];
  });
}

/** The provider that terraform misses. */
function providerIn({ kind, diagnostic }: LocatedError): string[] {
  const [, provider] = /requires provider ([\w./-]+\/[\w-]+)/.exec(diagnostic.detail) ?? [];
  return kind === 'provider-missing' && provider !== undefined ? [provider] : [];
}

/** The address by which the configuration knows a provider of the state; undefined: by the same. */
function successorOf({ evidence: { config } }: Facts, provider: string): string | undefined {
  const source = parse(provider);
  if (source === undefined) return undefined;
  const wanted = [...(config?.providers.values() ?? [])]
    .map(parse)
    .filter((candidate) => candidate?.type === source.type)
    .filter((candidate) => candidate !== undefined);
  const [first] = wanted;
  if (first === undefined) {
    return source.namespace === '-' ? format({ ...source, namespace: 'hashicorp' }) : undefined;
  }
  return wanted.some((candidate) => isSame(candidate, source)) ? undefined : format(first);
}

/** `aws`, `hashicorp/aws` or `registry.terraform.io/hashicorp/aws`. */
function parse(address: string): Source | undefined {
  const [type, namespace = 'hashicorp', host = 'registry.terraform.io', ...rest] = address
    .toLowerCase()
    .split('/')
    .reverse();
  return type === undefined || type === '' || rest.length > 0 ? undefined : { host, namespace, type };
}

function format({ host, namespace, type }: Source): string {
  return `${host}/${namespace}/${type}`;
}

/** OpenTofu takes its own registry for Terraform's. */
function isSame(left: Source, right: Source): boolean {
  const isSameHost =
    left.host === right.host || (DEFAULT_HOSTS.has(left.host) && DEFAULT_HOSTS.has(right.host));
  return isSameHost && left.namespace === right.namespace && left.type === right.type;
}

/** What terraform said of a provider that it does not have: `init` refuses one without a namespace, too. */
function refusalOf({ errors, evidence }: Facts, provider: string): string | undefined {
  const error = errors.find(
    ({ kind, diagnostic }) => kind === 'provider-missing' && said(diagnostic).includes(provider),
  );
  if (error !== undefined) return said(error.diagnostic);
  const isLegacy = provider.includes('/-/');
  const failure = evidence.failures.find(
    ({ step, message }) =>
      step === 'init' &&
      (message.includes(provider) || (isLegacy && message.includes('legacy provider address'))),
  );
  return failure && oneLine(failure.message);
}

function replaced(facts: Facts, from: string, to: string, addresses: readonly string[]): Finding {
  const refusal = refusalOf(facts, from);
  const words = ['state', 'replace-provider', from, to];
  return finding({
    code: 'provider-replaced',
    severity: refusal === undefined ? 'danger' : 'blocker',
    confidence: refusal === undefined ? 'likely' : 'certain',
    addresses,
    summary: `${addresses.length === 0 ? 'the state' : addressOrCount(addresses)} ${addresses.length > 1 ? 'need' : 'needs'} ${from}, which goes by another name`,
    evidence: [
      { source: 'config', text: `it is ${to} there` },
      ...(refusal === undefined ? [] : [{ source: 'terraform' as const, text: refusal }]),
    ],
    repairs: [
      {
        title: 'give them the provider of the configuration',
        command: words,
        terraform: words,
        expectedPlan: addresses.map((address) => expect(address, 'noop')),
      },
    ],
  });
}
