import { readFile, writeFile } from 'node:fs/promises';

import { parse, stringify } from 'smol-toml';

import type { SandboxAccount } from './sandbox.js';

/**
 * Writes a configuration file (0600) like a given one, with the secrets of the sandbox's accounts and the address of
 * its server.
 */
export async function writeConfigFile(
  from: string,
  to: string,
  accounts: Iterable<SandboxAccount>,
  graphqlUrl: string,
): Promise<void> {
  const document: Table = parse(await readFile(from, 'utf8'));
  tableAt(document, ['graphql'])['server'] = graphqlUrl;
  for (const { secretPath, state, identities } of accounts) {
    const { accessKeyId, secretAccessKey } = identities.terraform.keys;
    Object.assign(tableAt(document, secretPath.split('/')), {
      aws_access_key_id: accessKeyId,
      aws_secret_access_key: secretAccessKey.reveal(),
      bucket: state.bucket,
      region: state.region,
      terraform_resources_key: state.key,
    });
  }
  await writeFile(to, stringify(document), { mode: 0o600 });
}

type Table = Record<string, unknown>;

/** The table at a path, made where there is none. */
function tableAt(document: Table, path: readonly string[]): Table {
  return path.reduce((table, name) => {
    const present = table[name];
    if (isTable(present)) return present;
    const made: Table = {};
    table[name] = made;
    return made;
  }, document);
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
