import * as v from 'valibot';

import type { GraphqlClient } from './graphql-client.js';

const Token = v.object({
  path: v.string(),
  field: v.string(),
  version: v.nullish(v.number()),
  format: v.nullish(v.string()),
});

const Answer = v.object({
  githubs: v.nullish(v.array(v.object({ token: Token, default: v.nullish(v.boolean()) }))),
  gitlabs: v.nullish(v.array(v.object({ url: v.string(), token: Token }))),
});

/** Where app-interface keeps the access to its code hosts. */
export interface CodeHostTokens {
  /** Of the default GitHub organization. */
  readonly github: v.InferOutput<typeof Token> | undefined;
  readonly gitlab: { readonly url: string; readonly token: v.InferOutput<typeof Token> } | undefined;
}

/** @throws FailedError when the server cannot be asked */
export async function fetchCodeHostTokens(client: GraphqlClient): Promise<CodeHostTokens> {
  const answer = await client.query(
    `query CodeHosts {
      githubs: githuborg_v1 { default token { path field version format } }
      gitlabs: gitlabinstance_v1 { url token { path field version format } } }`,
    {},
    Answer,
  );
  return {
    github: answer.githubs?.find((organization) => organization.default === true)?.token,
    gitlab: answer.gitlabs?.[0],
  };
}
