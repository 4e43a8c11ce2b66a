import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

/** One person's machine: a home folder, an SSH key, and a configuration that knows everybody. */
export interface Desk {
  readonly name: string;
  readonly home: string;
  readonly key: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The desks of two people, whose SSH keys count for both. */
export async function openDesks(folder: string, names: readonly [string, string]): Promise<[Desk, Desk]> {
  const [one, two] = [await openDesk(folder, names[0], names), await openDesk(folder, names[1], names)];
  await writeFile(join(folder, 'signers'), (await signerLine(one)) + (await signerLine(two)));
  return [one, two];
}

async function openDesk(folder: string, name: string, names: readonly string[]): Promise<Desk> {
  const home = join(folder, name);
  const key = join(home, 'id_ed25519');
  const config = join(home, 'config.toml');
  await mkdir(home);
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key]);
  const settings = [`allowed_signers = "${join(folder, 'signers')}"`, `ssh_key = "${key}"`];
  const people = names.flatMap((one) => [`[tfrepair.people.${one}]`, `ssh_names = ["${one}"]`]);
  await writeFile(config, ['[tfrepair.approval]', ...settings, ...people, ''].join('\n'));
  return { name, home, key, env: { QONTRACT_CONFIG: config, TF_CLI_CONFIG_FILE: '/dev/null' } };
}

async function signerLine({ name, key }: Desk): Promise<string> {
  const [type = '', blob = ''] = (await readFile(`${key}.pub`, 'utf8')).split(' ');
  return `${name} ${type} ${blob}\n`;
}
