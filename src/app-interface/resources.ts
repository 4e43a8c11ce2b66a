import * as v from 'valibot';

import { FailedError } from '../errors.js';
import type { GraphqlClient } from './graphql-client.js';

const Answer = v.record(
  v.string(),
  v.nullish(v.array(v.nullable(v.object({ path: v.string(), content: v.string() })))),
);

/** Resource files asked for in one query; more make the query long, fewer make more round trips. */
const BATCH = 500;

/**
 * The text of resource files by path. A path that app-interface does not have is missing in the answer.
 *
 * One unknown path fails the whole query, because the server's lists hold no null: then each path of the batch is asked
 * for by itself.
 */
export async function fetchResources(
  client: GraphqlClient,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (let start = 0; start < paths.length; start += BATCH) {
    const batch = paths.slice(start, start + BATCH);
    const found = await fetchBatch(client, batch).catch((error: unknown) => {
      if (isUnknownPath(error)) return fetchSingly(client, batch);
      throw error;
    });
    for (const { path, content } of found) contents.set(path, content);
  }
  return contents;
}

type Resource = { readonly path: string; readonly content: string };

async function fetchBatch(client: GraphqlClient, paths: readonly string[]): Promise<Resource[]> {
  const fields = paths.map((_, index) => `r${index}: resources_v1(path: $p${index}) { path content }`);
  const parameters = paths.map((_, index) => `$p${index}: String`);
  const variables = Object.fromEntries(paths.map((path, index) => [`p${index}`, path]));
  const query = `query Resources(${parameters.join(', ')}) { ${fields.join(' ')} }`;
  const answer = await client.query(query, variables, Answer);
  return Object.values(answer).flatMap((found) => (found ?? []).filter((resource) => resource !== null));
}

async function fetchSingly(client: GraphqlClient, paths: readonly string[]): Promise<Resource[]> {
  const found: Resource[] = [];
  for (const path of paths) {
    try {
      found.push(...(await fetchBatch(client, [path])));
    } catch (error) {
      if (!isUnknownPath(error)) throw error;
    }
  }
  return found;
}

function isUnknownPath(error: unknown): boolean {
  return error instanceof FailedError && error.code === 'GraphqlError';
}
