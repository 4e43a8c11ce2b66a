import { resolve } from 'node:path';

import type { World } from '../../world.js';

/** What a bundle says of the checkout that it was made of. */
export interface Commit {
  readonly hash: string;
  /** Seconds since the epoch, as text. */
  readonly timestamp: string;
}

/** Stands for the commit of a tree that is in no git repository: the bundle is the same every time. */
export const NO_COMMIT: Commit = { hash: '0'.repeat(40), timestamp: '0' };

/** Whether this looks like a commit: a hash in hexadecimal, and whole seconds. */
export function isCommit({ hash, timestamp }: Commit): boolean {
  return /^[\da-f]{4,64}$/.test(hash) && /^\d{1,12}$/.test(timestamp);
}

/** The commit that is checked out, and the files that it has. */
export interface Head {
  readonly commit: Commit;
  /** Git's hash of each file's content, by path below the folder asked for; links and submodules are left out. */
  readonly files: ReadonlyMap<string, string>;
  readonly algorithm: 'sha1' | 'sha256';
}

/** What git says of a folder: the commit, or why there is none that it can read; neither outside a repository. */
export interface Checkout {
  readonly head?: Head;
  readonly problem?: string;
}

/**
 * Asks git for the commit checked out in `folder`, and for the files of `paths` in it. A repository that has none of
 * these files does not count. Its configuration cannot make these commands run a program or use the network.
 */
export async function readCheckout(
  folder: string,
  paths: readonly string[],
  world: World,
): Promise<Checkout> {
  const log = await git(folder, ['rev-list', '--max-count=1', '--timestamp', 'HEAD', '--'], world);
  if (log.failed) return problemOf(log);
  const [timestamp = '', hash = ''] = log.stdout.trim().split(' ');
  const tree = await git(folder, ['ls-tree', '-r', '-z', hash, '--', ...paths], world);
  if (tree.failed) return problemOf(tree);
  const files = parseTree(tree.stdout);
  if (files.size === 0) return {};
  return { head: { commit: { hash, timestamp }, files, algorithm: hash.length === 64 ? 'sha256' : 'sha1' } };
}

/**
 * The file that git appends to with every commit and checkout in the work tree of `folder`; it need not exist.
 *
 * @returns undefined when git is missing, or has nothing to say about the folder
 */
export async function findHeadLog(folder: string, world: World): Promise<string | undefined> {
  const { failed, stdout } = await git(folder, ['rev-parse', '--git-path', 'logs/HEAD'], world);
  return failed ? undefined : resolve(folder, stdout.replace(/\n$/, ''));
}

/** `ls-tree -z`: `<mode> <type> <hash>\t<path>\0` for each file. */
function parseTree(text: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of text.split('\0')) {
    const [head = '', path = ''] = entry.split('\t', 2);
    const [mode = '', , hash = ''] = head.split(' ');
    if (mode.startsWith('100')) files.set(path, hash);
  }
  return files;
}

interface GitResult {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it failed, where git itself does not say. */
  readonly reason: string;
}

const SETTINGS = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'log.showSignature=false'];

async function git(folder: string, args: readonly string[], world: World): Promise<GitResult> {
  const { execa } = await import('execa');
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const result = await execa('git', ['--no-pager', ...settings, '-C', folder, ...args], {
    env: environment(world),
    extendEnv: false,
    stdin: 'ignore',
    timeout: 60_000,
    maxBuffer: 256 * 1024 * 1024,
    stripFinalNewline: false,
    reject: false,
  });
  const { failed, stdout, stderr } = result;
  return { failed, stdout, stderr, reason: result.shortMessage ?? '' };
}

/** No git, no repository and no commit yet are nothing to report. */
function problemOf({ stderr, reason }: GitResult): Checkout {
  if (/not a git repository|bad revision 'HEAD'/.test(stderr) || reason.includes('ENOENT')) return {};
  const [line = ''] = (stderr.trim() || reason).split('\n');
  return { problem: line.replace(/^fatal: /, '') };
}

/**
 * Only what git needs: `GIT_DIR` and its like, set while a git hook runs, would name another repository. Without an
 * allowed protocol a partial clone fetches nothing, whatever its configuration says.
 */
function environment({ env }: World): Record<string, string> {
  const kept = ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'SystemRoot'].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}
