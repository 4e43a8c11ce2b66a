import { Secret } from '../secret.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What a program needs of its user's environment: where things are, how the network is reached, the language. */
const ORDINARY = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TZ', 'LANG', 'LC_ALL', 'LC_CTYPE'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'SSH_AUTH_SOCK', 'GIT_SSH', 'GIT_SSH_COMMAND'],
]);

/** How AWS is talked to. Who talks to it (keys, profiles, roles) is never inherited: the credentials are given. */
const AWS = new Set([
  ...['AWS_CA_BUNDLE', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_EC2_METADATA_DISABLED'],
  ...['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'],
  ...['AWS_STS_REGIONAL_ENDPOINTS', 'AWS_RETRY_MODE', 'AWS_MAX_ATTEMPTS'],
]);

/** Endpoints of AWS, also of single services; and tokens, by host, of registries of modules and providers. */
const PREFIXES = ['AWS_ENDPOINT_URL', 'TF_TOKEN_'];

/**
 * Go's garbage collector, as the caller has set it. By default it runs whenever the heap has doubled, which costs a plan
 * with the AWS provider, whose schemas are built anew at each of its starts, some tenth of its time; here when it has
 * trebled.
 */
const COLLECTOR = new Set(['GOGC', 'GOMEMLIMIT']);
const FEWER_COLLECTIONS = { GOGC: '200' };

/** Runs terraform as a program that nobody watches does: no questions, no look for updates, no log of its own. */
const QUIET = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };

/**
 * The whole environment of terraform: of the caller's only what it needs (no `TF_LOG`, `TF_CLI_ARGS`, `TF_WORKSPACE` or
 * `TF_DATA_DIR`, which would change what it does or says), then `own`.
 */
export function terraformEnvironment(
  caller: Env,
  own: Readonly<Record<string, Secret | string>>,
): Record<string, string> {
  const inherited = Object.entries(caller).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isInherited(entry[0]),
  );
  const plain = Object.entries(own).map(([name, value]) => [name, plainText(value)] as const);
  return { ...FEWER_COLLECTIONS, ...Object.fromEntries(inherited), ...QUIET, ...Object.fromEntries(plain) };
}

function isInherited(name: string): boolean {
  return (
    ORDINARY.has(name) ||
    AWS.has(name) ||
    COLLECTOR.has(name) ||
    PREFIXES.some((prefix) => name.startsWith(prefix))
  );
}

function plainText(value: Secret | string): string {
  return value instanceof Secret ? value.reveal() : value;
}
