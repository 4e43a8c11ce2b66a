import { isHttpUrl } from '../../http-url.js';
import { missing, ok, wrong, type Check, type CheckResult, type DoctorWorld } from '../check.js';
import { probe } from '../http-probe.js';

const START_ONE = 'start one with tfrepair server, or correct server in [graphql]';

export const qontractServer: Check = {
  title: 'qontract server',
  purpose: 'the desired state',
  examine: async (world, { config: { graphql, tfrepair } }) => {
    if (graphql.server !== undefined) return askServer(world, graphql.server, graphql.token?.reveal());
    if (tfrepair.app_interface !== undefined) return lookAtCheckout(world, tfrepair.app_interface);
    return missing(
      'none is named',
      'set server in [graphql], or app_interface in [tfrepair] to serve a checkout by itself',
    );
  },
};

/** `/sha256`, beside `/graphql`, names the bundle that is being served. The token is sent as it stands. */
async function askServer(
  world: DoctorWorld,
  server: string,
  token: string | undefined,
): Promise<CheckResult> {
  if (!isHttpUrl(server)) return wrong('server in [graphql] is not an http or https URL', START_ONE);
  const url = new URL(server);
  url.pathname = url.pathname.replace(/(?:graphql)?\/?$/, 'sha256');
  const answer = await probe(world, url, token === undefined ? {} : { Authorization: token });
  if (answer.kind === 'failed') return wrong(`${url.host}: ${answer.why}`, START_ONE);
  if (answer.status === 401 || answer.status === 403) {
    return wrong(`${url.host} refuses us (${answer.status})`, 'correct token in [graphql]');
  }
  const [sha] = /^[\da-f]{64}$/.exec(answer.body.trim()) ?? [];
  if (answer.status !== 200 || sha === undefined) {
    return wrong(
      `${url.host} is no qontract server (status ${answer.status} for ${url.pathname})`,
      START_ONE,
    );
  }
  return ok(`serves bundle ${sha.slice(0, 8)}`);
}

async function lookAtCheckout(world: DoctorWorld, folder: string): Promise<CheckResult> {
  const names = await world.listFolder(folder);
  return names?.includes('data') === true
    ? ok('built in, from a checkout')
    : wrong(
        `${folder} is no checkout`,
        'app_interface in [tfrepair] must name the folder that holds data and resources',
      );
}
