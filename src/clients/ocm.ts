import * as v from 'valibot';

import { FailedError } from '../errors.js';
import { Secret } from '../secret.js';
import { askSystem, parseAnswer } from './http.js';

/** How to reach an OpenShift Cluster Manager. */
export interface OcmOptions {
  readonly url: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly fetch: typeof globalThis.fetch;
}

/** An IAM user's access to a role of a cluster's AWS account. */
export interface RoleGrant {
  readonly userArn: string;
  /** The access level, e.g. `read-only`, `network-mgmt`. */
  readonly level: string;
  /** e.g. `pending`, `ready`, `failed` */
  readonly state: string;
  /** Undefined while there is no role yet. */
  readonly roleArn: string | undefined;
}

const CLUSTERS = '/api/clusters_mgmt/v1/clusters';
const PAGE_SIZE = 100;
const MAX_PAGES = 100;

const Token = v.object({ access_token: v.pipe(v.string(), v.nonEmpty()) });
const Page = v.object({ items: v.nullish(v.array(v.unknown())), total: v.nullish(v.number()) });
const Cluster = v.object({ id: v.string(), name: v.string() });
const Grant = v.object({
  user_arn: v.string(),
  role: v.object({ id: v.string() }),
  state: v.string(),
  console_url: v.nullish(v.string()),
});

/** Reads from the REST API of OpenShift Cluster Manager (clusters_mgmt v1). Logs in once, at the first request. */
export class OcmClient {
  readonly #options: OcmOptions;
  #token: Promise<Secret> | undefined;

  constructor(options: OcmOptions) {
    this.#options = options;
  }

  /**
   * Who has access to the AWS account of a cluster; nobody when the organization has no such cluster.
   *
   * @throws FailedError `OcmLogin`, `OcmDenied`, `AnswerUnusable`, `SystemUnreachable`
   */
  async roleGrants(organization: string, cluster: string): Promise<RoleGrant[]> {
    const found = await this.#list(CLUSTERS, Cluster, { search: searchFor(organization, cluster) });
    const id = found.findLast(({ name }) => name === cluster)?.id;
    if (id === undefined) return [];
    const place = `${CLUSTERS}/${encodeURIComponent(id)}/aws_infrastructure_access_role_grants`;
    const grants = await this.#list(place, Grant, {});
    return grants.map((grant) => ({
      userArn: grant.user_arn,
      level: grant.role.id,
      state: grant.state,
      roleArn: roleOfLink(grant.console_url ?? ''),
    }));
  }

  async #list<T extends v.GenericSchema>(
    place: string,
    schema: T,
    query: Readonly<Record<string, string>>,
  ): Promise<v.InferOutput<T>[]> {
    const all: v.InferOutput<T>[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { items, total } = await this.#page(place, schema, { ...query, page: String(page) });
      all.push(...items);
      const isLast = total === undefined ? items.length < PAGE_SIZE : all.length >= total;
      if (isLast || items.length === 0) return all;
    }
    throw new FailedError('AnswerUnusable', `ocm has more than ${MAX_PAGES} pages of ${place}`);
  }

  async #page<T extends v.GenericSchema>(
    place: string,
    schema: T,
    query: Readonly<Record<string, string>>,
  ): Promise<{ items: v.InferOutput<T>[]; total: number | undefined }> {
    this.#token ??= this.#login();
    const token = await this.#token;
    const parameters = new URLSearchParams({ ...query, size: String(PAGE_SIZE) });
    const url = `${this.#options.url.replace(/\/$/, '')}${place}?${parameters.toString()}`;
    const headers = { Accept: 'application/json', Authorization: `Bearer ${token.reveal()}` };
    const answer = await askSystem(this.#options.fetch, 'ocm', url, { headers });
    if (answer.status !== 200) {
      throw new FailedError('OcmDenied', `ocm did not give ${place}: status ${answer.status}`, {
        hint: `check what the client ${this.#options.clientId} may read`,
      });
    }
    const { items, total } = parseAnswer('ocm', answer, Page);
    const parsed = v.safeParse(v.array(schema), items ?? []);
    if (parsed.success) return { items: parsed.output, total: total ?? undefined };
    throw new FailedError('AnswerUnusable', `ocm's answer for ${place} is not as expected`);
  }

  /** The client credentials grant of OAuth 2.0 (RFC 6749, section 4.4). */
  async #login(): Promise<Secret> {
    const { fetch, tokenUrl, clientId, clientSecret } = this.#options;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret.reveal(),
    });
    const answer = await askSystem(fetch, "ocm's login", tokenUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    if (answer.status === 200) {
      return new Secret(parseAnswer("ocm's login", answer, Token).access_token);
    }
    throw new FailedError(
      'OcmLogin',
      `ocm refused the login of the client ${clientId} with status ${answer.status}`,
      { hint: 'check the client secret that app-interface names for it' },
    );
  }
}

/** Clusters that the reconcile loop knows: managed ones of these products. */
function searchFor(organization: string, cluster: string): string {
  return [
    `organization.id=${quoted(organization)}`,
    `name=${quoted(cluster)}`,
    "managed='true'",
    "product.id in ('osd','rosa','hypershift')",
  ].join(' and ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The role that a link for switching to it names: OCM tells it in no other way. */
function roleOfLink(link: string): string | undefined {
  const account = /[?&]account=([0-9]+)/.exec(link)?.[1];
  const role = /[?&]roleName=([^&#]+)/.exec(link)?.[1];
  return account === undefined || role === undefined ? undefined : `arn:aws:iam::${account}:role/${role}`;
}
