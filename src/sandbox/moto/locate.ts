import { findProgram } from '../../find-program.js';
import { MOTO_SETTINGS } from './settings.js';

/** How the AWS API server (moto) is started on a port of the loopback address. */
export interface MotoProgram {
  readonly file: string;
  readonly args: (port: number) => string[];
  /** It may have to be downloaded first. */
  readonly download: boolean;
}

const PACKAGE = 'moto[server]';
const IMAGE = 'docker.io/motoserver/moto:latest';

const serverArgs = (port: number): string[] => ['-H', '127.0.0.1', '-p', String(port)];

const WAYS: readonly { name: string; download: boolean; args: (port: number) => string[] }[] = [
  { name: 'moto_server', download: false, args: serverArgs },
  { name: 'uvx', download: true, args: (port) => ['--from', PACKAGE, 'moto_server', ...serverArgs(port)] },
  {
    name: 'pipx',
    download: true,
    args: (port) => ['run', '--spec', PACKAGE, 'moto_server', ...serverArgs(port)],
  },
  { name: 'docker', download: true, args: containerArgs },
  { name: 'podman', download: true, args: containerArgs },
];

/** What `locateMoto` looks for, as the advice to somebody who has none of it. */
export const MOTO_HINT = "pip install 'moto[server]', or install one of uvx, pipx, docker and podman";

/**
 * Finds a way to start moto: `moto_server` itself, or a program that can fetch it.
 *
 * @param path the value of `PATH`
 * @returns undefined when there is none
 */
export async function locateMoto(path: string): Promise<MotoProgram | undefined> {
  for (const { name, ...way } of WAYS) {
    const file = await findProgram(name, path);
    if (file !== undefined) return { file, ...way };
  }
  return undefined;
}

/** In the container the server listens on all addresses, of which only the loopback one is published. */
function containerArgs(port: number): string[] {
  const env = Object.entries(MOTO_SETTINGS).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  return ['run', '--rm', '--init', ...env, '-p', `127.0.0.1:${port}:5000`, IMAGE];
}
