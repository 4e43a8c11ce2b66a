import type * as v from 'valibot';

import {
  fetchText,
  NoResponse,
  type FetchLimits,
  type TextRequest,
  type TextResponse,
} from '../clients/fetch-text.js';
import { FailedError } from '../errors.js';
import type { Secret } from '../secret.js';
import { checkedData, graphqlData } from './graphql-answer.js';

/** Asks one qontract server; every query is answered from the same bundle. */
export interface GraphqlClient {
  /** The checksum of the bundle that the answers come from. */
  sha256(): Promise<string>;
  /**
   * The `data` of the answer, checked by the schema.
   *
   * @throws FailedError `GraphqlUnreachable`, `GraphqlUnauthorized`, `GraphqlError`, `GraphqlUnexpected` or
   *   `BundleExpired`
   */
  query<T extends v.GenericSchema>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    schema: T,
  ): Promise<v.InferOutput<T>>;
}

/** All namespaces of a large app-interface are some 25 MB. */
const LIMITS: FetchLimits = { timeoutMs: 120_000, maxBytes: 256 * 1024 * 1024 };

/**
 * A client that asks the server for the checksum of its latest bundle once, and then only that bundle: so the answers
 * fit together, whatever is loaded meanwhile. It sends the token as it is.
 */
export function createGraphqlClient(
  { url, token }: { readonly url: string; readonly token?: Secret | undefined },
  fetch: typeof globalThis.fetch,
  limits: FetchLimits = LIMITS,
): GraphqlClient {
  const authorization = token === undefined ? {} : { authorization: token.reveal() };
  const ask = async (path: string, request: TextRequest): Promise<TextResponse> => {
    const target = new URL(path, url).href;
    try {
      const headers = { ...request.headers, ...authorization };
      return checkStatus(await fetchText(fetch, target, { ...request, headers }, limits), target);
    } catch (error) {
      throw error instanceof NoResponse ? unreachable(url, error) : error;
    }
  };
  let pinned: Promise<string> | undefined;
  const sha256 = (): Promise<string> => (pinned ??= ask('sha256', {}).then((answer) => shaOf(answer, url)));
  return {
    sha256,
    query: async (document, variables, schema) => {
      const sha = await sha256();
      const answer = await ask(`graphqlsha/${sha}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: document, variables }),
      });
      if (answer.status === 404) throw expired(sha);
      return checkedData(graphqlData(answer, url), schema, url);
    },
  };
}

function checkStatus(answer: TextResponse, target: string): TextResponse {
  const { status, headers } = answer;
  if (status === 401 || status === 403) {
    throw new FailedError('GraphqlUnauthorized', `${target} refuses the token (HTTP ${status})`, {
      hint: 'set token in [graphql] of the configuration file, or TFREPAIR_GRAPHQL_TOKEN, to a whole "Basic …" value',
    });
  }
  if (status >= 300 && status < 400) {
    const location = headers.get('location') ?? 'nowhere';
    throw new FailedError('GraphqlUnreachable', `${target} sends us on to ${location}`, {
      hint: 'redirects are not followed: name the GraphQL server itself, or log in if that is a login page',
    });
  }
  return answer;
}

function unreachable(url: string, error: NoResponse): FailedError {
  return new FailedError('GraphqlUnreachable', `cannot ask the GraphQL server ${url}: ${error.message}`, {
    hint: 'start one with `tfrepair server`, name another with --graphql URL, or use --app-interface DIR',
    cause: error,
  });
}

function shaOf({ status, body }: TextResponse, url: string): string {
  const sha = body.trim();
  if (status === 200 && /^[0-9a-f]{64}$/.test(sha)) return sha;
  const why = status === 200 ? 'its /sha256 is not a checksum' : `its /sha256 answers HTTP ${status}`;
  throw new FailedError('GraphqlUnexpected', `${url} is not a qontract server with data: ${why}`, {
    hint: 'name the GraphQL address of a qontract server, e.g. http://127.0.0.1:4000/graphql',
  });
}

function expired(sha: string): FailedError {
  return new FailedError('BundleExpired', `the server does not have the bundle ${sha} any more`, {
    hint: 'run the command again: it will work with the present data',
  });
}
