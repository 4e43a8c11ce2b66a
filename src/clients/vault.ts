import { readFile } from 'node:fs/promises';

import * as v from 'valibot';

import { FailedError, messageOf } from '../errors.js';
import { Secret } from '../secret.js';
import type { TextResponse } from './fetch-text.js';
import { askSystem, parseAnswer } from './http.js';

/** How to log in to Vault (app-interface-aws §12.2). */
export type VaultAuth =
  | { readonly kind: 'token'; readonly token: Secret }
  | { readonly kind: 'approle'; readonly roleId: Secret; readonly secretId: Secret }
  | {
      readonly kind: 'kubernetes';
      readonly role: string;
      readonly mount: string;
      readonly tokenFile: string;
    };

export interface VaultOptions {
  readonly server: string;
  readonly auth: VaultAuth;
  readonly fetch: typeof globalThis.fetch;
}

const Login = v.object({ auth: v.object({ client_token: v.string() }) });
const KvVersion1 = v.object({ data: v.record(v.string(), v.unknown()) });
const KvVersion2 = v.object({ data: v.object({ data: v.nullable(v.record(v.string(), v.unknown())) }) });

/** The fields of a secret; values that are not text are given as JSON. */
export type VaultSecretFields = ReadonlyMap<string, Secret>;

/** Reads secrets of key-value engines, version 1 and 2. Logs in once, at the first secret. */
export class VaultClient {
  readonly #options: VaultOptions;
  #token: Promise<Secret> | undefined;
  readonly #mountVersions = new Map<string, Promise<1 | 2>>();

  constructor(options: VaultOptions) {
    this.#options = options;
  }

  /**
   * A whole secret.
   *
   * @param path mount first, e.g. `app-sre/creds/terraform/acme/config`
   * @param version of a version 2 engine; the newest when undefined
   * @returns undefined when there is no such secret (or version)
   * @throws FailedError `VaultDenied`, `VaultLogin`, `SystemUnreachable`
   */
  async read(path: string, version?: number): Promise<VaultSecretFields | undefined> {
    const [mount = '', ...rest] = path.split('/').map(encodeURIComponent);
    const isVersion2 = (await this.#mountVersion(mount)) === 2;
    const query = isVersion2 && version !== undefined ? `?version=${version}` : '';
    const place = isVersion2 ? [mount, 'data', ...rest] : [mount, ...rest];
    const answer = await this.#get(`/v1/${place.join('/')}${query}`);
    if (answer.status === 404) return undefined;
    refuse(answer, path);
    const data = isVersion2
      ? parseAnswer('vault', answer, KvVersion2).data.data
      : parseAnswer('vault', answer, KvVersion1).data;
    return data === null ? undefined : toFields(data);
  }

  /** As qontract-reconcile finds out: only an engine of version 2 has a readable configuration. */
  #mountVersion(mount: string): Promise<1 | 2> {
    const known = this.#mountVersions.get(mount);
    if (known !== undefined) return known;
    const asked = this.#get(`/v1/${mount}/config`).then(({ status }) => (status === 200 ? 2 : 1));
    this.#mountVersions.set(mount, asked);
    return asked;
  }

  async #get(path: string): Promise<TextResponse> {
    this.#token ??= this.#login();
    const token = await this.#token;
    return askSystem(this.#options.fetch, 'vault', new URL(path, this.#options.server).href, {
      headers: { 'X-Vault-Token': token.reveal() },
    });
  }

  async #login(): Promise<Secret> {
    const { auth } = this.#options;
    if (auth.kind === 'token') return auth.token;
    const [place, body] =
      auth.kind === 'approle'
        ? ['approle', { role_id: auth.roleId.reveal(), secret_id: auth.secretId.reveal() }]
        : [auth.mount, { role: auth.role, jwt: await readToken(auth.tokenFile) }];
    const url = new URL(`/v1/auth/${place}/login`, this.#options.server).href;
    const answer = await askSystem(this.#options.fetch, 'vault', url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.status !== 200) {
      throw new FailedError(
        'VaultLogin',
        `vault refused the ${auth.kind} login with status ${answer.status}`,
        {
          hint: 'check the [vault] part of the configuration file',
        },
      );
    }
    return new Secret(parseAnswer('vault', answer, Login).auth.client_token);
  }
}

function refuse(answer: TextResponse, path: string): void {
  if (answer.status === 200) return;
  const what = answer.status === 403 ? 'permission denied' : `status ${answer.status}`;
  throw new FailedError('VaultDenied', `vault did not give the secret ${path}: ${what}`, {
    hint: 'check that the login of [vault] may read that path',
  });
}

function toFields(data: Record<string, unknown>): VaultSecretFields {
  return new Map(
    Object.entries(data).map(([name, value]) => [
      name,
      new Secret(typeof value === 'string' ? value : JSON.stringify(value)),
    ]),
  );
}

async function readToken(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new FailedError('VaultLogin', `cannot read the service account's token: ${messageOf(error)}`, {
      hint: 'set KUBE_SA_TOKEN_PATH to its file',
      cause: error,
    });
  }
}
