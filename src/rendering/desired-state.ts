import { fetchAccounts, isIntegrationEnabled, type AwsAccount } from '../app-interface/accounts.js';
import type { GraphqlClient } from '../app-interface/graphql-client.js';
import { fetchNamespaces, type Namespace } from '../app-interface/namespaces.js';
import { fetchResources } from '../app-interface/resources.js';
import { fetchSettings, type Settings } from '../app-interface/settings.js';
import { bothOf } from '../both-of.js';
import { FailedError } from '../errors.js';
import type { JsonObject } from '../json.js';
import { nearest } from '../nearest.js';
import type { Spec } from '../tf-config/model/spec.js';
import { allRenderers, rendererOf } from '../tf-config/registry.js';
import { filesOf } from '../tf-config/render-specs.js';
import { resourceYaml } from '../tf-config/resource-yaml.js';
import { erv2Specs, selectSpecs } from '../tf-config/select-specs.js';

/** The integration whose part of app-interface is rendered. */
export const INTEGRATION = 'terraform-resources';

/** Names in a hint; more would hide it. */
const SHOWN_ACCOUNTS = 8;

/** What is known before all else: enough to ask AWS about an account while the rest is read. */
export interface Selection {
  readonly settings: Settings;
  /** The accounts asked for, in app-interface's order. */
  readonly accounts: readonly AwsAccount[];
}

/** What app-interface wants of some accounts, read from one bundle. */
export interface DesiredState extends Selection {
  readonly namespaces: readonly Namespace[];
  /** The specs that are rendered for an account, in the reconcile loop's order. */
  specsOf(account: string): readonly Spec[];
  /** The specs of an account that the second generation of external resources manages instead. */
  erv2SpecsOf(account: string): readonly Spec[];
  /** @throws FailedError `ResourceNotFound` */
  content(path: string): string;
  /** @throws FailedError `ResourceNotFound`, `ResourceInvalid` */
  yaml(path: string): JsonObject;
}

export interface DesiredStateOptions {
  /** Account names; undefined: all. */
  readonly accounts: readonly string[] | undefined;
  /** Read whom to contact about a namespace's app, too. */
  readonly contacts: boolean;
  /** Read what is wanted of accounts in which the integration is disabled, too. */
  readonly includeDisabled?: boolean;
}

/**
 * Reads the accounts with these names (undefined: all), and the settings.
 *
 * @throws FailedError `AccountUnknown` with the nearest names; why the server could not be asked
 */
export async function loadSelection(
  client: GraphqlClient,
  names: readonly string[] | undefined,
): Promise<Selection> {
  const [all, settings] = await Promise.all([fetchAccounts(client), fetchSettings(client)]);
  return { settings, accounts: selectAccounts(all, names) };
}

/**
 * Reads what app-interface wants of these accounts.
 *
 * @param selecting for whoever needs the selection earlier than the rest
 * @throws FailedError `AccountUnknown` with the nearest names; `OutputNameNotUnique`, `ProviderExcluded`; why the server
 *   could not be asked
 */
export async function loadDesiredState(
  client: GraphqlClient,
  options: DesiredStateOptions,
  selecting: Promise<Selection> = loadSelection(client, options.accounts),
): Promise<DesiredState> {
  const { contacts, includeDisabled = false } = options;
  const namespacesOf = (names: readonly string[] | undefined): Promise<Namespace[]> =>
    fetchNamespaces(client, names, allRenderers(), { contacts });
  // Then whose namespaces are wanted is known without the accounts.
  const early = includeDisabled ? namespacesOf(options.accounts) : Promise.resolve(undefined);
  const [{ settings, accounts }, found] = await bothOf(selecting, early);
  const wanted = (account: AwsAccount): boolean =>
    includeDisabled || isIntegrationEnabled(account, INTEGRATION);
  const names = new Set(accounts.filter(wanted).map(nameOf));
  const namespaces = found ?? (await namespacesOf(options.accounts === undefined ? undefined : [...names]));
  const specs = selectSpecs(namespaces, names, settings.providerExclusions);
  const renderable = specs.filter(({ provider }) => rendererOf(provider) !== undefined);
  const contents = await fetchResources(client, filesOf(renderable));
  const byAccount = groupByAccount(specs);
  const content = (path: string): string => contents.get(path) ?? resourceNotFound(path);
  return {
    settings,
    accounts,
    namespaces,
    specsOf: (account) => byAccount.get(account) ?? [],
    erv2SpecsOf: (account) => erv2Specs(namespaces, account),
    content,
    yaml: resourceYaml(content),
  };
}

/** The accounts with these names, in app-interface's order; undefined: all. @throws FailedError `AccountUnknown` */
export function selectAccounts(
  all: readonly AwsAccount[],
  names: readonly string[] | undefined,
): AwsAccount[] {
  if (names === undefined) return [...all];
  const known = new Set(all.map(nameOf));
  for (const name of names) if (!known.has(name)) throw accountUnknown(name, known);
  return all.filter(({ name }) => names.includes(name));
}

function accountUnknown(name: string, known: ReadonlySet<string>): FailedError {
  const suggestions = nearest(name, known);
  return new FailedError('AccountUnknown', `app-interface has no AWS account ${name}`, {
    hint: suggestions.length === 0 ? knownAccounts(known) : `did you mean ${suggestions.join(' or ')}?`,
  });
}

function knownAccounts(known: ReadonlySet<string>): string {
  const shown = [...known].sort().slice(0, SHOWN_ACCOUNTS).join(', ');
  return known.size > SHOWN_ACCOUNTS ? `it has ${known.size}, such as ${shown}` : `it has ${shown || 'none'}`;
}

function groupByAccount(specs: readonly Spec[]): Map<string, Spec[]> {
  const groups = new Map<string, Spec[]>();
  for (const spec of specs) {
    const group = groups.get(spec.account);
    if (group === undefined) groups.set(spec.account, [spec]);
    else group.push(spec);
  }
  return groups;
}

function resourceNotFound(path: string): never {
  throw new FailedError('ResourceNotFound', `app-interface has no resource file ${path}`, {
    hint: 'correct the path, or add the file below resources/',
  });
}

function nameOf({ name }: AwsAccount): string {
  return name;
}
