import type { Channels, Namespace } from '../app-interface/namespaces.js';
import type { GraphqlClient } from '../app-interface/graphql-client.js';
import type { AwsAccount } from '../app-interface/accounts.js';
import { FailedError } from '../errors.js';
import { nearest } from '../nearest.js';
import type { Spec } from '../tf-config/model/spec.js';
import { ExistingOutputs } from '../tf-config/model/outputs.js';
import { OwnerIndex, type OwnerMatch } from '../tf-config/owner.js';
import { renderedAccount } from '../tf-config/render-account.js';
import { indexSpecs } from '../tf-config/spec-index.js';
import { loadDesiredState, type DesiredState } from './desired-state.js';

/** Whom to ask about an app's resources (app-interface-aws §11). */
export interface Contacts {
  readonly escalationPolicy: string;
  readonly email: readonly string[];
  /** e.g. `@payments-oncall in #payments (acme)` */
  readonly slack: readonly string[];
  /** Jira project keys, with their server where it is known. */
  readonly jira: readonly string[];
}

/** An external resource that may own an address. */
export interface Owner {
  readonly match: OwnerMatch;
  readonly provider: string;
  readonly identifier: string;
  readonly namespace: string;
  /** The namespace's file in app-interface. */
  readonly namespacePath: string;
  readonly cluster: string;
  readonly app: string;
  readonly contacts: Contacts | undefined;
}

/** What is known of one address. */
export interface AddressOwners {
  readonly address: string;
  /** Several when specs overwrite each other's addresses; none when app-interface does not want it. */
  readonly owners: readonly Owner[];
  /** Addresses of the account that look like it, when nobody owns it. */
  readonly similar: readonly string[];
}

export interface OwnersReport {
  readonly account: string;
  readonly accountOwners: readonly { readonly name: string; readonly email: string }[];
  readonly addresses: readonly AddressOwners[];
  /** External resources that could not be rendered, so that their addresses are unknown. */
  readonly failures: readonly string[];
}

const SIMILAR = 3;

/**
 * Finds who owns Terraform addresses of an account.
 *
 * @throws FailedError `AccountUnknown`, or why the server could not be asked
 */
export async function findOwners(
  client: GraphqlClient,
  accountName: string,
  addresses: readonly string[],
): Promise<OwnersReport> {
  const { account, failures, ownersOf } = await readOwners(client, accountName);
  return {
    ...{ account: account.name, accountOwners: account.accountOwners, failures },
    addresses: addresses.map(ownersOf),
  };
}

/** Who owns what in an account. */
export interface Owners {
  readonly account: AwsAccount;
  readonly ownersOf: (address: string) => AddressOwners;
  /** Whether the second generation of external resources manages what an address stands for. */
  readonly managedByErv2: (address: string) => boolean;
  /** External resources that could not be rendered, so that their addresses are unknown. */
  readonly failures: readonly string[];
}

/** Reads who owns what. @throws FailedError `AccountUnknown`, or why the server could not be asked */
export async function readOwners(client: GraphqlClient, accountName: string): Promise<Owners> {
  const options = { accounts: [accountName], contacts: true, includeDisabled: true };
  const desired = await loadDesiredState(client, options);
  const [account] = desired.accounts;
  if (account === undefined) throw new FailedError('AccountUnknown', `no account ${accountName}`);
  const index = indexOf(desired.specsOf(account.name), account, desired);
  const erv2 = indexOf(desired.erv2SpecsOf(account.name), account, desired);
  return {
    account,
    ownersOf: (address) => addressOwners(address, index, desired),
    managedByErv2: (address) => erv2.candidates(address).length > 0,
    failures: index.failures.map(({ why }) => why),
  };
}

/** The addresses of specs of an account, and whose they are. */
function indexOf(specs: readonly Spec[], account: AwsAccount, desired: DesiredState): OwnerIndex {
  return new OwnerIndex({
    account: renderedAccount(account),
    specs,
    find: indexSpecs(specs),
    existing: ExistingOutputs.none(),
    content: (path) => desired.content(path),
    yaml: (path) => desired.yaml(path),
    randomPassword: () => '',
    plainSecrets: false,
  });
}

function addressOwners(address: string, index: OwnerIndex, desired: DesiredState): AddressOwners {
  const owners = index.candidates(address).map(({ spec, match }) => owner(spec, match, desired));
  const similar = owners.length === 0 ? nearest(address, index.addresses(), SIMILAR) : [];
  return { address, owners, similar };
}

function owner(spec: Spec, match: OwnerMatch, { namespaces }: DesiredState): Owner {
  const namespace = namespaces.find(({ path }) => path === spec.namespace.path);
  return {
    match,
    provider: spec.provider,
    identifier: spec.identifier,
    namespace: spec.namespace.name,
    namespacePath: spec.namespace.path,
    cluster: spec.namespace.cluster.name,
    app: spec.namespace.app,
    contacts: namespace && contactsOf(namespace),
  };
}

function contactsOf({ app }: Namespace): Contacts | undefined {
  const policy = app.escalationPolicy;
  if (policy === null || policy === undefined) return undefined;
  const { email, slackUserGroup, jiraBoard } = policy.channels;
  return {
    escalationPolicy: policy.name,
    email: email ?? [],
    slack: (slackUserGroup ?? []).map(slackText),
    jira: (jiraBoard ?? []).map(({ name, server }) => (server ? `${name} (${server.serverUrl})` : name)),
  };
}

function slackText(group: NonNullable<Channels['slackUserGroup']>[number]): string {
  const channels = (group.channels ?? []).map((channel) => `#${channel}`).join(', ');
  const where = [channels, group.workspace ? `(${group.workspace.name})` : ''].filter((part) => part !== '');
  const handle = group.handle ? `@${group.handle}` : 'a user group';
  return where.length === 0 ? handle : `${handle} in ${where.join(' ')}`;
}
