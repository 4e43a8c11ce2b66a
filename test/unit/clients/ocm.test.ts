import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { OcmClient } from '../../../src/clients/ocm.js';
import { listen } from '../../../src/qontract-server/http/listen.js';
import { Secret } from '../../../src/secret.js';

const CLUSTERS = '/api/clusters_mgmt/v1/clusters';
const GRANTS = `${CLUSTERS}/id-1/aws_infrastructure_access_role_grants`;
const LINK = 'https://signin.example.com/switchrole?account=777788889999&roleName=network-mgmt-abc';
const GRANT = {
  user_arn: 'arn:aws:iam::123456789012:user/terraform',
  role: { id: 'network-mgmt' },
  state: 'ready',
  console_url: LINK,
};

let server: Server;
let origin: string;
/** The lists that OCM has, by path. */
let lists: Record<string, readonly unknown[]>;
let asked: string[];
let loginTarget: string | undefined;
let totals: boolean;

beforeEach(async () => {
  lists = { [CLUSTERS]: [{ id: 'id-1', name: 'harbor' }], [GRANTS]: [GRANT] };
  asked = [];
  loginTarget = undefined;
  totals = true;
  server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { location: '/elsewhere' }).end(JSON.stringify(body));
    });
  });
  origin = await listen(server, { host: '127.0.0.1', port: 0 });
});

afterEach(() => {
  server.close().closeAllConnections();
});

async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  asked.push(request.url ?? '');
  const { pathname, searchParams } = new URL(request.url ?? '', origin);
  if (pathname === '/token') {
    const form = new URLSearchParams(await text(request));
    const isClient = form.get('client_id') === 'reader' && form.get('client_secret') === 'hush-hush';
    const isGrant = form.get('grant_type') === 'client_credentials';
    return isClient && isGrant
      ? { status: 200, body: { access_token: 'good-token' } }
      : { status: 401, body: { error: 'invalid_client' } };
  }
  if (pathname === '/moved') return { status: 302, body: {} };
  if (request.headers.authorization !== 'Bearer good-token') return { status: 401, body: {} };
  const list = lists[pathname];
  if (list === undefined) return { status: 404, body: {} };
  const size = Number(searchParams.get('size'));
  const page = Number(searchParams.get('page'));
  const items = list.slice((page - 1) * size, page * size);
  const total = totals ? { total: list.length } : {};
  return { status: 200, body: { kind: 'List', page, size: items.length, ...total, items } };
}

function client(clientSecret = 'hush-hush'): OcmClient {
  const tokenUrl = loginTarget ?? `${origin}/token`;
  return new OcmClient({
    ...{ url: `${origin}/`, tokenUrl, clientId: 'reader', fetch },
    clientSecret: new Secret(clientSecret),
  });
}

describe('the role grants of a cluster', () => {
  test('say who, at what level, and which role', async () => {
    expect(await client().roleGrants('org-1', 'harbor')).toEqual([
      {
        userArn: GRANT.user_arn,
        level: 'network-mgmt',
        state: 'ready',
        roleArn: 'arn:aws:iam::777788889999:role/network-mgmt-abc',
      },
    ]);
  });

  test('are looked for among the managed clusters of the organization, quotes being quoted', async () => {
    await client().roleGrants("org'1", 'harbor');
    const { searchParams } = new URL(asked[1] ?? '', origin);
    expect(searchParams.get('search')).toBe(
      "organization.id='org''1' and name='harbor' and managed='true' and product.id in ('osd','rosa','hypershift')",
    );
  });

  test('are none when the organization has no such cluster', async () => {
    expect(await client().roleGrants('org-1', 'lagoon')).toEqual([]);
    expect(asked.filter((url) => url.includes('role_grants'))).toEqual([]);
  });

  test.each([undefined, null, '', 'https://signin.example.com/switchrole'])(
    'have no role while the link is %j',
    async (link) => {
      lists = { ...lists, [GRANTS]: [{ ...GRANT, state: 'pending', console_url: link }] };
      const [grant] = await client().roleGrants('org-1', 'harbor');
      expect(grant).toMatchObject({ state: 'pending', roleArn: undefined });
    },
  );

  test.each([
    ['with a total', true, 250, 3],
    ['without a total', false, 250, 3],
    ['with a total and a full last page', true, 200, 2],
  ])('are read page by page %s', async (_how, hasTotal, count, pages) => {
    totals = hasTotal;
    lists = { ...lists, [GRANTS]: Array.from({ length: count }, () => GRANT) };
    expect(await client().roleGrants('org-1', 'harbor')).toHaveLength(count);
    expect(asked.filter((url) => url.startsWith(GRANTS))).toHaveLength(pages);
  });

  test('end somewhere', async () => {
    lists = { ...lists, [GRANTS]: Array.from({ length: 10_100 }, () => GRANT) };
    await expect(client().roleGrants('org-1', 'harbor')).rejects.toMatchObject({ code: 'AnswerUnusable' });
  });

  test('must look like grants', async () => {
    lists = { ...lists, [GRANTS]: [{ user_arn: 7 }] };
    await expect(client().roleGrants('org-1', 'harbor')).rejects.toMatchObject({ code: 'AnswerUnusable' });
  });

  test('that may not be read are named', async () => {
    lists = { [CLUSTERS]: lists[CLUSTERS] ?? [] };
    await expect(client().roleGrants('org-1', 'harbor')).rejects.toMatchObject({
      code: 'OcmDenied',
      message: `ocm did not give ${GRANTS}: status 404`,
    });
  });
});

describe('the login', () => {
  test('is done once, and neither secret nor token is in an address', async () => {
    const ocm = client();
    await Promise.all([ocm.roleGrants('org-1', 'harbor'), ocm.roleGrants('org-1', 'harbor')]);
    expect(asked.filter((url) => url.startsWith('/token'))).toHaveLength(1);
    expect(asked.join('\n')).not.toMatch(/hush-hush|good-token/);
  });

  test('with a wrong secret is refused, naming the client and not the secret', async () => {
    const failure = client('guessed').roleGrants('org-1', 'harbor');
    await expect(failure).rejects.toMatchObject({
      code: 'OcmLogin',
      message: 'ocm refused the login of the client reader with status 401',
    });
  });

  test('is not sent on to another place', async () => {
    loginTarget = `${origin}/moved`;
    await expect(client().roleGrants('org-1', 'harbor')).rejects.toMatchObject({ code: 'OcmLogin' });
    expect(asked).toEqual(['/moved']);
  });
});
