import * as v from 'valibot';

import { VaultSecret } from './accounts.js';
import type { GraphqlClient } from './graphql-client.js';

const Environment = v.object({
  url: v.string(),
  accessTokenClientId: v.string(),
  accessTokenUrl: v.string(),
  accessTokenClientSecret: VaultSecret,
});

const Manager = v.object({
  name: v.string(),
  orgId: v.string(),
  environment: Environment,
  accessTokenClientId: v.nullish(v.string()),
  accessTokenUrl: v.nullish(v.string()),
  accessTokenClientSecret: v.nullish(VaultSecret),
});

const Cluster = v.object({
  ocm: v.nullish(Manager),
  disable: v.nullish(v.object({ integrations: v.nullish(v.array(v.string())) })),
});

/** The OpenShift Cluster Manager that a cluster belongs to, and how to log in to it. */
export interface ClusterManager {
  readonly name: string;
  readonly organization: string;
  readonly url: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: VaultSecret;
}

const TOKEN_FIELDS =
  'accessTokenClientId accessTokenUrl accessTokenClientSecret { path field version format }';

/**
 * The cluster manager of a cluster.
 *
 * @param integration on whose behalf: a cluster that is disabled for it has none
 * @returns undefined when there is none
 * @throws FailedError when the server cannot be asked, or its schema knows no cluster managers
 */
export async function fetchClusterManager(
  client: GraphqlClient,
  cluster: string,
  integration: string,
): Promise<ClusterManager | undefined> {
  const answer = await client.query(
    `query ClusterManager($name: String) { clusters: clusters_v1(name: $name) {
      disable { integrations }
      ocm { name orgId environment { url ${TOKEN_FIELDS} } ${TOKEN_FIELDS} } } }`,
    { name: cluster },
    v.object({ clusters: v.nullish(v.array(Cluster)) }),
  );
  const { ocm, disable } = answer.clusters?.[0] ?? {};
  const isDisabled = disable?.integrations?.includes(integration) === true;
  return ocm === undefined || ocm === null || isDisabled ? undefined : managerOf(ocm);
}

/** What an organization says of its login goes before what its environment says; empty texts say nothing. */
function managerOf({ environment, ...own }: v.InferOutput<typeof Manager>): ClusterManager {
  return {
    name: own.name,
    organization: own.orgId,
    url: environment.url,
    tokenUrl: textOr(own.accessTokenUrl, environment.accessTokenUrl),
    clientId: textOr(own.accessTokenClientId, environment.accessTokenClientId),
    clientSecret: own.accessTokenClientSecret ?? environment.accessTokenClientSecret,
  };
}

function textOr(text: string | null | undefined, fallback: string): string {
  return text === undefined || text === null || text === '' ? fallback : text;
}
