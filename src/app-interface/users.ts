import * as v from 'valibot';

import type { GraphqlClient } from './graphql-client.js';

/** A person as app-interface describes them (access/user-1.yml). Their GPG key is of no use here, and not asked for. */
const User = v.object({
  org_username: v.string(),
  github_username: v.nullish(v.string()),
  aws_username: v.nullish(v.string()),
});

export type User = v.InferOutput<typeof User>;

/** All users, in the server's order. @throws FailedError when the server cannot be asked */
export async function fetchUsers(client: GraphqlClient): Promise<User[]> {
  const answer = await client.query(
    `query Users { users: users_v1 { org_username github_username aws_username } }`,
    {},
    v.object({ users: v.nullish(v.array(User)) }),
  );
  return answer.users ?? [];
}
