import { basename, dirname, resolve } from 'node:path';

import { runningServer } from '../../app-interface/endpoint.js';
import { messageOf } from '../../errors.js';
import { hasPassword, isHttpUrl } from '../../http-url.js';
import {
  choiceFromConfig,
  choiceFromEnvironment,
  decideSource,
  type SourceChoice,
} from '../../qontract-server/sources/choose.js';
import {
  missing,
  ok,
  wrong,
  type Check,
  type CheckResult,
  type DoctorSettings,
  type DoctorWorld,
} from '../check.js';
import { probe } from '../http-probe.js';

const NAME_ONE =
  'set server in [graphql], or TFREPAIR_GRAPHQL; or app_interface in [tfrepair], or TFREPAIR_APP_INTERFACE, to serve a checkout';

/** The data that the environment and the configuration file name: a running server, or files to serve. */
export const qontractServer: Check = {
  title: 'qontract server',
  purpose: 'the desired state',
  examine: (world, settings) => {
    try {
      const choices = [choiceFromEnvironment(world.env), choiceFromConfig(settings.config)];
      return examineSource(world, settings, decideSource(choices));
    } catch (error) {
      return Promise.resolve(wrong(messageOf(error), NAME_ONE));
    }
  },
};

async function examineSource(
  world: DoctorWorld,
  settings: DoctorSettings,
  choice: SourceChoice | undefined,
): Promise<CheckResult> {
  const { graphql, bundle, appInterface } = choice ?? {};
  if (graphql !== undefined) return askServer(world, settings, graphql);
  if (bundle !== undefined) return lookAtFiles(world, bundle);
  if (appInterface !== undefined) return lookAtCheckout(world, appInterface);
  return missing('none is named', NAME_ONE);
}

/** `/sha256`, beside `/graphql`, names the bundle that is being served. The token is sent as it stands. */
async function askServer(world: DoctorWorld, { config }: DoctorSettings, text: string): Promise<CheckResult> {
  if (!isHttpUrl(text)) return wrong('its address is not an http or https URL', NAME_ONE);
  if (hasPassword(text)) return wrong('its address has a password in it', 'put it into token in [graphql]');
  const { url, token } = runningServer(text, { config, world });
  const { host } = new URL(url);
  const answer = await probe(
    world,
    new URL('sha256', url),
    token === undefined ? {} : { authorization: token.reveal() },
  );
  const startOne = 'start one with tfrepair server, or correct its address';
  if (typeof answer === 'string') return wrong(`${host}: ${answer}`, startOne);
  const { status, body } = answer;
  if (status === 401 || status === 403) {
    return wrong(`${host} refuses us (${status})`, 'correct token in [graphql], or TFREPAIR_GRAPHQL_TOKEN');
  }
  if (status === 503) return wrong(`${host} has no data`, 'see what it says about its bundle');
  const [sha] = /^[\da-f]{64}$/.exec(body.trim()) ?? [];
  if (status !== 200 || sha === undefined) {
    return wrong(`${host} is no qontract server (status ${status})`, startOne);
  }
  return ok(`serves bundle ${sha.slice(0, 8)}`);
}

async function lookAtFiles(world: DoctorWorld, files: readonly string[]): Promise<CheckResult> {
  for (const file of files) {
    const path = resolve(world.cwd, file);
    const names = await world.listFolder(dirname(path));
    if (names?.includes(basename(path)) !== true)
      return wrong(`no bundle ${file}`, 'correct TFREPAIR_BUNDLE');
  }
  return ok('built in, from a bundle');
}

async function lookAtCheckout(world: DoctorWorld, folder: string): Promise<CheckResult> {
  const names = await world.listFolder(resolve(world.cwd, folder));
  return names?.includes('data') === true
    ? ok('built in, from a checkout')
    : wrong(
        `${folder} is no checkout`,
        'name the folder that holds data and resources: app_interface in [tfrepair], or TFREPAIR_APP_INTERFACE',
      );
}
