import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Network } from './aws/machines.js';

/** What a checkout of app-interface consists of. */
const FOLDERS = ['data', 'resources', 'schemas', 'graphql-schemas'];

/** Copies an app-interface checkout, so that the copy can be changed. */
export async function copyAppInterface(from: string, to: string): Promise<void> {
  for (const folder of FOLDERS) await cp(join(from, folder), join(to, folder), { recursive: true });
}

/** Puts the ids of an existing network in the place of the made-up ones in a file. */
export async function useNetwork(file: string, { subnet, securityGroup }: Network): Promise<void> {
  const text = await readFile(file, 'utf8');
  const changed = text
    .replaceAll(/\bsubnet-[0-9a-f]{8,17}\b/g, subnet)
    .replaceAll(/\bsg-[0-9a-f]{8,17}\b/g, securityGroup);
  await writeFile(file, changed);
}
