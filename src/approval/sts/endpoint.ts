import { homeRegion, stsHost } from './regions.js';
import { awsStandIn } from './stand-in.js';

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

/**
 * STS of a region: always AWS's own host, by TLS. Only a server of this very machine may stand in for it, for tests and the
 * demo, and only for all of AWS: whoever can name another host can have anybody's identity confirmed.
 *
 * @throws RefusedError `StsEndpointForeign`, `StsEndpointAlone`, `StsRegionUnknown`
 */
export function stsEndpoint(
  place: { readonly region: string; readonly partition: string },
  env: Env,
): StsEndpoint {
  const host = stsHost(place.region, place.partition);
  const standIn = awsStandIn(env);
  if (standIn === undefined) return { origin: `https://${host}`, host, isLoopback: false };
  return { origin: standIn.sts.origin, host: standIn.sts.host, isLoopback: true };
}

/**
 * Where we ask who we are ourselves: what counts as a proof must not come from wherever a profile sends the SDK.
 *
 * @param region of the state; where it is not known to have an STS, another one of its partition is asked
 * @throws RefusedError `StsEndpointForeign`, `StsEndpointAlone`
 */
export function ownStsOrigin(region: string, env: Env): string {
  return stsEndpoint(homeRegion(region), env).origin;
}
