import * as v from 'valibot';

import { isJsonObject, type Json, type JsonObject } from '../json.js';
import type { GraphqlClient } from './graphql-client.js';

/** The fields that a provider of external resources wants of its GraphQL type. */
export interface ProviderSelection {
  /** e.g. `NamespaceTerraformResourceSQS_v1` */
  readonly graphqlType: string;
  /** Fields beyond `provider`, `identifier`, `output_resource_name` and `annotations`. */
  readonly selection: string;
}

const JsonValue = v.custom<Json>(() => true);

/** Any spec: its provider's renderer knows the other fields and checks them. */
const ExternalResource = v.pipe(
  JsonValue,
  v.check((value) => isJsonObject(value), 'an external resource must be an object'),
  v.transform((value): JsonObject => (isJsonObject(value) ? value : {})),
);

const Channels = v.object({
  email: v.nullish(v.array(v.string())),
  slackUserGroup: v.nullish(
    v.array(
      v.object({
        handle: v.nullish(v.string()),
        channels: v.nullish(v.array(v.string())),
        workspace: v.nullish(v.object({ name: v.string() })),
      }),
    ),
  ),
  jiraBoard: v.nullish(
    v.array(v.object({ name: v.string(), server: v.nullish(v.object({ serverUrl: v.string() })) })),
  ),
});

/** A namespace with the external resources of one or more accounts (app-interface-aws §2). */
export const Namespace = v.object({
  name: v.string(),
  path: v.string(),
  delete: v.nullish(v.boolean()),
  managedExternalResources: v.nullish(v.boolean()),
  environment: v.object({ name: v.string() }),
  app: v.object({
    name: v.string(),
    path: v.nullish(v.string()),
    escalationPolicy: v.nullish(v.object({ name: v.string(), channels: Channels })),
  }),
  cluster: v.object({ name: v.string(), spec: v.nullish(v.object({ region: v.nullish(v.string()) })) }),
  externalResources: v.nullish(
    v.array(
      v.object({
        provider: v.string(),
        provisioner: v.object({ name: v.string() }),
        resources: v.nullish(v.array(ExternalResource)),
      }),
    ),
  ),
});

export type Namespace = v.InferOutput<typeof Namespace>;
export type Channels = v.InferOutput<typeof Channels>;

const COMMON_FIELDS = 'identifier output_resource_name annotations';

const CONTACT_FIELDS = `
  path
  escalationPolicy { name channels {
    email
    slackUserGroup { handle channels workspace { name } }
    jiraBoard { name server { serverUrl } } } }`;

/** The query's text for namespaces, with a fragment for each provider's type. */
export function namespaceFields(
  selections: readonly ProviderSelection[],
  options: { contacts: boolean },
): string {
  const fragments = selections.map(
    ({ graphqlType, selection }) => `... on ${graphqlType} { ${COMMON_FIELDS} ${selection} }`,
  );
  return `
    name path delete managedExternalResources
    environment { name }
    app { name ${options.contacts ? CONTACT_FIELDS : ''} }
    cluster { name spec { region } }
    externalResources {
      provider
      provisioner { name }
      ... on NamespaceTerraformProviderResourceAWS_v1 {
        resources { provider ${COMMON_FIELDS} ${fragments.join(' ')} }
      }
    }`;
}

/**
 * The namespaces that have external resources in these accounts: through the accounts' back-references, so that a big
 * app-interface is not read as a whole. All accounts: all namespaces.
 */
export async function fetchNamespaces(
  client: GraphqlClient,
  accounts: readonly string[] | undefined,
  selections: readonly ProviderSelection[],
  options: { contacts: boolean } = { contacts: false },
): Promise<Namespace[]> {
  const fields = namespaceFields(selections, options);
  if (accounts === undefined) {
    const answer = await client.query(
      `query Namespaces { namespaces: namespaces_v1 { ${fields} } }`,
      {},
      v.object({ namespaces: v.nullish(v.array(Namespace)) }),
    );
    return answer.namespaces ?? [];
  }
  const answer = await client.query(
    `query AccountNamespaces($filter: JSON) { accounts: awsaccounts_v1(filter: $filter) { namespaces { ${fields} } } }`,
    { filter: { name: { in: accounts } } },
    v.object({ accounts: v.nullish(v.array(v.object({ namespaces: v.nullish(v.array(Namespace)) }))) }),
  );
  return distinctInPathOrder((answer.accounts ?? []).flatMap(({ namespaces }) => namespaces ?? []));
}

/** A namespace of several accounts comes once for each; the order is that of the bundle, by path. */
function distinctInPathOrder(namespaces: readonly Namespace[]): Namespace[] {
  const byPath = new Map(namespaces.map((namespace) => [namespace.path, namespace]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
