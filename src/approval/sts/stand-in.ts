import { RefusedError } from '../../errors.js';

type Env = Readonly<Record<string, string | undefined>>;

/** A server of this machine that stands in for all of AWS. */
export interface StandIn {
  /** Of its STS. */
  readonly sts: URL;
  /** Where states and locks are then kept, whatever a profile says: addresses for the SDK's clients. */
  readonly s3: string;
  readonly dynamodb: string;
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Of every service without a variable of its own, which begins with the same. */
const ALL = 'AWS_ENDPOINT_URL';

/**
 * The server that stands in for AWS, for tests and the demo; undefined: AWS itself is asked. It stands in for all of AWS or for
 * nothing: an STS that confirms anything must not decide about a state that is really in S3.
 *
 * @throws RefusedError `StsEndpointForeign`, `StsEndpointAlone`
 */
export function awsStandIn(env: Env): StandIn | undefined {
  const valueOf = (name: string): string => env[name] ?? '';
  // As the AWS SDK reads them, the more specific one first.
  const named = [`${ALL}_STS`, ALL].find((name) => valueOf(name) !== '');
  if (named === undefined) return undefined;
  const sts = loopback(valueOf(named));
  if (sts === undefined) throw foreign(named);
  if (valueOf(ALL) === '') throw alone(named, 'nothing says the same of the rest of AWS');
  const other = Object.keys(env).find(
    (name) => name.startsWith(ALL) && valueOf(name) !== '' && loopback(valueOf(name)) === undefined,
  );
  if (other !== undefined) throw alone(named, `${other} names another one`);
  const of = (service: string): string => valueOf(`${ALL}_${service}`) || valueOf(ALL);
  return { sts, s3: of('S3'), dynamodb: of('DYNAMODB') };
}

/** undefined: it is not the bare address of a server of this machine. */
function loopback(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const { protocol, hostname, username, password, pathname, search, hash } = url;
  const isBare = [username, password, search, hash].every((part) => part === '') && pathname === '/';
  return isBare && /^https?:$/.test(protocol) && LOOPBACK.has(hostname) ? url : undefined;
}

function foreign(variable: string): RefusedError {
  return new RefusedError('StsEndpointForeign', `${variable} names a server that is not AWS's`, {
    hint: `unset ${variable}: identities are proved by AWS itself`,
  });
}

function alone(variable: string, why: string): RefusedError {
  return new RefusedError(
    'StsEndpointAlone',
    `${variable} names a server of this machine as the STS that proves identities, but ${why}`,
    {
      hint: `unset ${variable}; for a sandbox, set ${ALL} to its address, and no other variable of the kind`,
    },
  );
}
