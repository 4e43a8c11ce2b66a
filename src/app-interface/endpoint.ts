import type { Config } from '../config/config.js';
import { UsageError } from '../errors.js';
import {
  choiceFromConfig,
  choiceFromEnvironment,
  decideSource,
  openSource,
  type SourceChoice,
} from '../qontract-server/sources/choose.js';
import { Secret } from '../secret.js';
import type { World } from '../world.js';

/** A qontract server that can be asked. */
export interface Endpoint {
  /** Of its GraphQL, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** The whole value of the Authorization header, e.g. `Basic …`. */
  readonly token?: Secret;
  /** Stops the server if it was started for this endpoint. */
  close(): Promise<void>;
}

export interface EndpointOptions extends SourceChoice {
  /** For the server that `graphql` names. */
  readonly token?: Secret | undefined;
  readonly config: Config;
  readonly world: World;
}

/**
 * The server to ask: the one that the flags name, or one that is started for this process on a free port when they
 * name bundle files or a checkout. What the flags leave open is taken from the environment, then from the
 * configuration file.
 *
 * @throws UsageError when nothing, or two sources in one place, or an unusable URL is named; FailedError when the data
 *   cannot be served
 */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { graphql, bundle, appInterface, schemas, config, world } = options;
  const choice = decideSource([
    { graphql, bundle, appInterface, schemas },
    choiceFromEnvironment(world.env),
    choiceFromConfig(config),
  ]);
  if (choice?.graphql !== undefined) {
    return { ...runningServer(choice.graphql, options), close: () => Promise.resolve() };
  }
  const source = choice === undefined ? undefined : openSource(choice, world);
  if (source === undefined) {
    throw new UsageError('NoSource', 'no app-interface data is named', {
      hint: 'give --graphql URL, --app-interface DIR or --bundle FILE, or set server in [graphql] of the configuration file',
    });
  }
  const { startQontractServer } = await import('../qontract-server/start.js');
  const server = await startQontractServer({ source, now: world.now, signal: world.signal });
  return { url: server.url, close: () => server.close() };
}

/**
 * How a running server is asked.
 *
 * @throws UsageError when `text` is no URL that can be asked
 */
export function runningServer(
  text: string,
  options: Pick<EndpointOptions, 'token' | 'config' | 'world'>,
): Omit<Endpoint, 'close'> {
  const url = parseUrl(text);
  const token = tokenFor(url, options);
  return { url: url.href, ...(token === undefined ? {} : { token }) };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      'GraphqlUrlInvalid',
      `the GraphQL server must be an http or https URL, not ${text}`,
      {
        hint: 'give it as --graphql https://HOST/graphql',
      },
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      'GraphqlUrlInvalid',
      `the URL of the GraphQL server ${url.host} has a password in it`,
      {
        hint: 'put "Basic …" into token in [graphql] of the configuration file, or into TFREPAIR_GRAPHQL_TOKEN',
      },
    );
  }
  return url;
}

/** The file's token belongs to the file's server: it is not shown to another one. */
function tokenFor(
  url: URL,
  { token, config, world }: Pick<EndpointOptions, 'token' | 'config' | 'world'>,
): Secret | undefined {
  if (token !== undefined) return token;
  const { TFREPAIR_GRAPHQL_TOKEN: fromEnvironment = '' } = world.env;
  if (fromEnvironment !== '') return new Secret(fromEnvironment);
  const { server, token: fromFile } = config.graphql;
  const known = server !== undefined && URL.canParse(server) && new URL(server).origin === url.origin;
  return known ? fromFile : undefined;
}
