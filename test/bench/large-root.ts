import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { makeZip } from '../unit/support/zip.js';

/** A root of Terraform's own resources, as it is on disk. */
export interface LargeRoot {
  readonly folder: string;
  /** Plays back what terraform prints and writes when it plans the root. */
  readonly replay: string;
  /** Written when the replayed plan has ended. */
  readonly stamp: string;
}

const VERSION = '1.11.4';
/** One resource of as many was changed outside. */
const DRIFTED_OF = 100;

/** Writes a root with as many `terraform_data`, its state, and a program that plays the plan of it back. */
export async function writeLargeRoot(parent: string, resources: number): Promise<LargeRoot> {
  const folder = join(parent, `root-${resources}`);
  const [events, planFile, replay, stamp] = ['events', 'tfplan', 'terraform', 'ended'].map((name) =>
    join(parent, `${name}-${resources}`),
  ) as [string, string, string, string];
  await mkdir(folder);
  const names = Array.from({ length: resources }, (_, index) => `resource-${index}`);
  const wanted = Object.fromEntries(names.map((name) => [name, { input: `value of ${name}` }]));
  const stored = Buffer.from(stateOf(names, () => false));
  const refreshed = Buffer.from(stateOf(names, (index) => index % DRIFTED_OF === 0));
  const zip = makeZip([
    { name: 'tfstate', content: refreshed },
    { name: 'tfstate-prev', content: stored },
  ]);
  await writeFile(join(folder, 'main.tf.json'), JSON.stringify({ resource: { terraform_data: wanted } }));
  await writeFile(join(folder, 'terraform.tfstate'), stored);
  await writeFile(events, eventsOf(names));
  await writeFile(planFile, zip);
  await writeFile(replay, script({ events, planFile, stamp }));
  await chmod(replay, 0o755);
  return { folder, replay, stamp };
}

function stateOf(names: readonly string[], isDrifted: (index: number) => boolean): string {
  const resources = names.map((name, index) => {
    const value = { value: `value of ${name}${isDrifted(index) ? ', changed' : ''}`, type: 'string' };
    const attributes = { id: idOf(index), input: value, output: value, triggers_replace: null };
    const instances = [{ schema_version: 0, attributes, sensitive_attributes: [] }];
    const provider = 'provider["terraform.io/builtin/terraform"]';
    return { mode: 'managed', type: 'terraform_data', name, provider, instances };
  });
  const head = { version: 4, terraform_version: VERSION, serial: 1, lineage: 'bench', outputs: {} };
  return JSON.stringify({ ...head, resources, check_results: null });
}

function eventsOf(names: readonly string[]): string {
  const stamped = {
    '@level': 'info',
    '@module': 'terraform.ui',
    '@timestamp': '2026-11-23T10:00:00.000000Z',
  };
  const refreshes = ['refresh_start', 'refresh_complete'].flatMap((type) =>
    names.map((name, index) => {
      const addr = `terraform_data.${name}`;
      const parts = { module: '', resource: addr, resource_name: name, resource_key: null };
      const resource = { addr, ...parts, implied_provider: 'terraform', resource_type: 'terraform_data' };
      return { type, hook: { resource, id_key: 'id', id_value: idOf(index) } };
    }),
  );
  const events = [
    { type: 'version', terraform: VERSION, ui: '1.2' },
    ...refreshes,
    { type: 'change_summary' },
  ];
  return events.map((event) => `${JSON.stringify({ ...stamped, '@message': '', ...event })}\n`).join('');
}

function idOf(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`;
}

function script(files: {
  readonly events: string;
  readonly planFile: string;
  readonly stamp: string;
}): string {
  return `#!/bin/sh
case "$1" in
  version) echo 'Terraform v${VERSION}' ;;
  plan)
    for word in "$@"; do case "$word" in -out=*) cp '${files.planFile}' "\${word#-out=}" ;; esac; done
    cat '${files.events}'
    touch '${files.stamp}' ;;
esac
`;
}
