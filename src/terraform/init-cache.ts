import { cp, lstat, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What `terraform init` leaves in a root: where modules, providers and the backend are, and which versions. */
const LEFT_BEHIND = ['.terraform', '.terraform.lock.hcl'];

/** A copy of more than that is not worth its place: providers are links, modules are text. */
const MAX_ENTRIES = 5000;

/**
 * Puts what an earlier `init` with the same key has left behind into a root.
 *
 * @returns whether there was something that is still whole
 */
export async function restoreInit(cacheFolder: string, key: string, root: string): Promise<boolean> {
  const kept = join(cacheFolder, 'init', key);
  try {
    for (const name of LEFT_BEHIND) {
      await cp(join(kept, name), join(root, name), { recursive: true, verbatimSymlinks: true });
    }
    const packages = await packagesIn(root);
    await Promise.all(packages.map((path) => stat(path)));
    return packages.length > 0;
  } catch {
    await forgetInit(root);
    return false;
  }
}

/** Takes away what `init` left in a root. */
export async function forgetInit(root: string): Promise<void> {
  for (const name of LEFT_BEHIND) await rm(join(root, name), { recursive: true, force: true });
}

/** Keeps what `init` left in a root for the next time. Nothing depends on it: when it cannot be kept, it is not. */
export async function keepInit(cacheFolder: string, key: string, root: string): Promise<void> {
  const folder = join(cacheFolder, 'init');
  try {
    if (!(await isWorthKeeping(root))) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const copy = await mkdtemp(join(folder, `${key}.`));
    for (const name of LEFT_BEHIND) {
      await cp(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
    }
    await rm(join(folder, key), { recursive: true, force: true });
    // Whole or not at all, whoever else is doing the same.
    await rename(copy, join(folder, key)).catch(() => rm(copy, { recursive: true, force: true }));
  } catch {
    // A full disk or a folder that may not be written to must not keep anybody from a plan.
  }
}

/** Providers that terraform could not link to are copies of hundreds of megabytes. */
async function isWorthKeeping(root: string): Promise<boolean> {
  const packages = await packagesIn(root);
  const links = await Promise.all(packages.map(async (path) => (await lstat(path)).isSymbolicLink()));
  const entries = await readdir(join(root, '.terraform'), { recursive: true });
  return packages.length > 0 && links.every(Boolean) && entries.length <= MAX_ENTRIES;
}

/** `.terraform/providers/HOST/NAMESPACE/TYPE/VERSION/OS_ARCH` */
async function packagesIn(root: string): Promise<string[]> {
  let folders = [join(root, '.terraform', 'providers')];
  for (let depth = 0; depth < 5; depth += 1) {
    const next = await Promise.all(
      folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
    );
    folders = next.flat();
  }
  return folders;
}
