import { startTestServer, type HttpAnswer, type HttpRequest, type TestServer } from './http-server.js';

type Fields = Readonly<Record<string, string>>;

export interface VaultContents {
  /** The token that may read everything. */
  readonly token: string;
  readonly approle?: { readonly role_id: string; readonly secret_id: string };
  /** By mount. */
  readonly kubernetes?: Readonly<Record<string, { readonly role: string; readonly jwt: string }>>;
  /** Key-value engines of version 1: mount → path → fields. */
  readonly version1?: Readonly<Record<string, Readonly<Record<string, Fields>>>>;
  /** Of version 2: mount → path → versions, the oldest first. */
  readonly version2?: Readonly<Record<string, Readonly<Record<string, readonly Fields[]>>>>;
}

const DENIED: HttpAnswer = { status: 403, body: { errors: ['permission denied'] } };
const ABSENT: HttpAnswer = { status: 404, body: { errors: [] } };

/**
 * Vault's HTTP API, as far as secrets are read with it. It refuses what Vault refuses: wrong logins, tokens that it does
 * not know, and the configuration of an engine of version 1, which that does not have.
 */
export async function startVault(contents: VaultContents): Promise<TestServer> {
  return startTestServer((request) => {
    const [, v1, ...path] = request.url.pathname.split('/').map(decodeURIComponent);
    if (v1 !== 'v1') return { status: 404, body: '404 page not found' };
    if (path[0] === 'auth') return login(request, path[1] ?? '', contents);
    if (request.headers['x-vault-token'] !== contents.token) return DENIED;
    return read(path, request.url.searchParams.get('version'), contents);
  });
}

function login({ method, body }: HttpRequest, mount: string, contents: VaultContents): HttpAnswer {
  if (method !== 'POST') return { status: 405, body: { errors: ['unsupported operation'] } };
  const wanted = mount === 'approle' ? contents.approle : contents.kubernetes?.[mount];
  const given: unknown = JSON.parse(body);
  if (wanted === undefined) return ABSENT;
  if (JSON.stringify(given) !== JSON.stringify(wanted)) {
    return { status: 400, body: { errors: ['invalid role or secret ID'] } };
  }
  return { status: 200, body: { auth: { client_token: contents.token, lease_duration: 3600 } } };
}

function read([mount = '', ...path]: string[], version: string | null, contents: VaultContents): HttpAnswer {
  const old = contents.version1?.[mount];
  if (old !== undefined) {
    const data = old[path.join('/')];
    return data === undefined ? ABSENT : { status: 200, body: { data, lease_duration: 2_764_800 } };
  }
  const engine = contents.version2?.[mount];
  if (engine === undefined) return DENIED;
  const [kind, ...rest] = path;
  if (kind === 'config') return { status: 200, body: { data: { max_versions: 0, cas_required: false } } };
  const versions = kind === 'data' ? (engine[rest.join('/')] ?? []) : [];
  const number = version === null ? versions.length : Number(version);
  const data = versions[number - 1];
  if (data === undefined) return ABSENT;
  return { status: 200, body: { data: { data, metadata: { version: number, destroyed: false } } } };
}
