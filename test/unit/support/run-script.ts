import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Runs a module in a process of its own, for what concerns a whole process.
 *
 * @param code imports the sources as `./src/…`
 * @returns the JSON value that it prints
 */
export async function runScript(code: string): Promise<unknown> {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    timeout: 60_000,
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
}
