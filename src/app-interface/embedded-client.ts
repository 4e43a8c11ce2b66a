import type { EmbeddedBundle } from '../qontract-server/embedded.js';
import { checkedData, graphqlData } from './graphql-answer.js';
import type { GraphqlClient } from './graphql-client.js';

/** A client that asks a bundle in this very process: it cannot expire. */
export function createEmbeddedClient({ name, sha256, execute }: EmbeddedBundle): GraphqlClient {
  return {
    sha256: () => Promise.resolve(sha256),
    query: async (query, variables, schema) => {
      const { status, body } = await Promise.resolve(execute({ query, variables }));
      return checkedData(graphqlData({ status, body: [...body].join('') }, name), schema, name);
    },
  };
}
