import { startTestServer, type HttpAnswer, type HttpRequest, type TestServer } from './http-server.js';

export interface OcmContents {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What a login gives. */
  readonly token: string;
  readonly organization: string;
  /** Role grants by the cluster's name: items of `aws_infrastructure_access_role_grants`. */
  readonly grants: Readonly<Record<string, readonly object[]>>;
}

const CLUSTERS = '/api/clusters_mgmt/v1/clusters';

/**
 * OpenShift Cluster Manager's login and REST API, as far as role grants are read with it. It refuses what they refuse:
 * a wrong client or grant, a token that it does not know; a search that does not name the organization finds nothing.
 */
export async function startOcm(contents: OcmContents): Promise<TestServer> {
  return startTestServer((request) => {
    if (request.url.pathname === '/token') return login(request, contents);
    if (request.headers.authorization !== `Bearer ${contents.token}`) {
      return { status: 401, body: { kind: 'Error', reason: "Request doesn't contain a valid token" } };
    }
    return read(request.url, contents);
  });
}

function login({ method, body }: HttpRequest, { clientId, clientSecret, token }: OcmContents): HttpAnswer {
  const form = new URLSearchParams(body);
  const given = ['grant_type', 'client_id', 'client_secret'].map((name) => form.get(name));
  const isClient = given.join('\n') === ['client_credentials', clientId, clientSecret].join('\n');
  return method === 'POST' && isClient
    ? { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: 900 } }
    : { status: 401, body: { error: 'invalid_client' } };
}

function read({ pathname, searchParams }: URL, { organization, grants }: OcmContents): HttpAnswer {
  if (pathname === CLUSTERS) {
    const search = searchParams.get('search') ?? '';
    const here = search.includes(`organization.id='${organization}'`);
    const found = Object.keys(grants).filter((name) => here && search.includes(`name='${name}'`));
    return list(found.map((name) => ({ kind: 'Cluster', id: `id-of-${name}`, name })));
  }
  const [, name = ''] = /\/id-of-([^/]+)\/aws_infrastructure_access_role_grants$/.exec(pathname) ?? [];
  const items = grants[name];
  return items === undefined ? { status: 404, body: { kind: 'Error' } } : list(items);
}

function list(items: readonly object[]): HttpAnswer {
  return { status: 200, body: { kind: 'List', page: 1, size: items.length, total: items.length, items } };
}
