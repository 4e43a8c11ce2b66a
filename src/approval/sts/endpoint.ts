import { RefusedError } from '../../errors.js';
import { stsHost } from './regions.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Where STS is asked. */
export interface StsEndpoint {
  /** e.g. `https://sts.eu-west-1.amazonaws.com` */
  readonly origin: string;
  /** What the header `Host` says: without the scheme's own port. */
  readonly host: string;
  /** It is a server of this machine, and not AWS. */
  readonly isLoopback: boolean;
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** As the AWS SDK reads them, the more specific one first. */
const VARIABLES = ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL'];

/**
 * STS of a region: always AWS's own host, by TLS. Only a server of this very machine may stand in for it, for tests and the
 * demo: whoever can name another host can have anybody's identity confirmed.
 *
 * @throws RefusedError `StsEndpointForeign`, `StsRegionUnknown`
 */
export function stsEndpoint(
  place: { readonly region: string; readonly partition: string },
  env: Env,
): StsEndpoint {
  const host = stsHost(place.region, place.partition);
  const variable = VARIABLES.find((name) => (env[name] ?? '') !== '');
  if (variable === undefined) return { origin: `https://${host}`, host, isLoopback: false };
  const address = env[variable] ?? '';
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && isLoopbackOrigin(url))
    return { origin: url.origin, host: url.host, isLoopback: true };
  throw new RefusedError('StsEndpointForeign', `${variable} names a server that is not AWS's`, {
    hint: `unset ${variable}: identities are proved by AWS itself`,
  });
}

function isLoopbackOrigin({ protocol, hostname, username, password, pathname, search, hash }: URL): boolean {
  const isBare = [username, password, search, hash].every((part) => part === '') && pathname === '/';
  return isBare && /^https?:$/.test(protocol) && LOOPBACK.has(hostname);
}
