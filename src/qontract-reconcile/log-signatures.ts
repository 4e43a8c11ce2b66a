/** A known line in qontract-reconcile's log, and what it means (mr-pipeline §9). */
interface Signature {
  readonly pattern: RegExp;
  readonly meaning: string;
  readonly hint: string;
}

/** Those that rendering a config can end with; the nearest cause first. */
const SIGNATURES: readonly Signature[] = [
  {
    pattern: /Accounts \{.*\} were provided as arguments, but not found in app-interface/,
    meaning: 'it does not know the account',
    hint: 'check the name: tfrepair config --all lists the accounts',
  },
  {
    pattern:
      /Could not connect to GraphQL server|Max retries exceeded with url: \/(graphql|sha256|graphqlsha)/,
    meaning: 'it could not reach the qontract server',
    hint: 'check [graphql] server in the configuration file',
  },
  {
    pattern: /404 Client Error: Not Found for url: \S*\/graphqlsha\/|Bundle [0-9a-f]{8,64} not found/,
    meaning: 'the server reloaded its data meanwhile',
    hint: 'run the command again',
  },
  {
    pattern: /permission denied (accessing secret|accessing path|reading vault secret at)/,
    meaning: 'Vault denied it a secret',
    hint: 'check that the login in [vault] may read that path',
  },
  {
    pattern: /VaultConnectionError|Failed to authenticate to Vault server/,
    meaning: 'it could not log in to Vault',
    hint: 'check the [vault] part of the configuration file',
  },
  {
    pattern: /SecretNotFound|not found in config file/,
    meaning: 'a secret does not exist',
    hint: 'correct the path in app-interface, or add the secret',
  },
  {
    pattern: /No bucket config found for account/,
    meaning: 'nothing says where the state lies',
    hint: 'add terraform-resources to the integrations of its terraformState',
  },
  {
    pattern: /Binary version check for binary \S+ failed|Could not find binary: \S+/,
    meaning: 'it wants another version of terraform or oc than it found',
    hint: 'put the version that it names first on PATH, or use the native renderer',
  },
  {
    pattern: /could not find ami/,
    meaning: 'it found no machine image',
    hint: 'check that the image was built and shared with the account',
  },
  {
    pattern: /can not print to a git repository/,
    meaning: 'it refuses to print inside a git repository',
    hint: 'set TMPDIR to a folder outside of any repository',
  },
  {
    pattern: /InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|AccessDenied/,
    meaning: 'AWS refused its credentials',
    hint: "check the keys in the account's automation secret",
  },
];

/** What a log's known signature means; empty when none is known. */
export function explainLog(log: string): { explanation: string; hint: string | undefined } {
  const known = SIGNATURES.find(({ pattern }) => pattern.test(log));
  return known === undefined
    ? { explanation: '', hint: undefined }
    : { explanation: `: ${known.meaning}`, hint: known.hint };
}
