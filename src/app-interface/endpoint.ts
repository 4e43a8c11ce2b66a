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
import { createGraphqlClient, type GraphqlClient } from './graphql-client.js';

/** How a qontract server is asked over HTTP. */
export interface ServerAddress {
  /** Of its GraphQL, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** The whole value of the Authorization header, e.g. `Basic …`. */
  readonly token?: Secret;
}

/** app-interface's data, to be asked by us and by other programs. */
export interface Endpoint {
  /** A client that is pinned to the latest bundle. */
  connect(): GraphqlClient;
  /** The server for other programs; where there is none, it is started for this endpoint. */
  address(): Promise<ServerAddress>;
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
 * The server that the flags name, or when they name bundle files or a checkout, those themselves: this process then asks
 * the data without a server. What the flags leave open is taken from the environment, then from the configuration file.
 *
 * @throws UsageError when nothing, or two sources in one place, or an unusable URL is named; FailedError when the data
 *   cannot be used
 */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { graphql, bundle, appInterface, schemas, config, world } = options;
  const choice = decideSource([
    { graphql, bundle, appInterface, schemas },
    choiceFromEnvironment(world.env),
    choiceFromConfig(config),
  ]);
  if (choice?.graphql !== undefined) {
    const server = runningServer(choice.graphql, options);
    return {
      connect: () => createGraphqlClient(server, world.fetch),
      address: () => Promise.resolve(server),
      close: () => Promise.resolve(),
    };
  }
  const source = choice === undefined ? undefined : openSource(choice, world);
  if (source === undefined) {
    throw new UsageError('NoSource', 'no app-interface data is named', {
      hint: 'give --graphql URL, --app-interface DIR or --bundle FILE, or set server in [graphql] of the configuration file',
    });
  }
  const { openEmbedded } = await import('./embedded-endpoint.js');
  return openEmbedded(source, world);
}

/**
 * How a running server is asked.
 *
 * @throws UsageError when `text` is no URL that can be asked
 */
export function runningServer(
  text: string,
  options: Pick<EndpointOptions, 'token' | 'config' | 'world'>,
): ServerAddress {
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
