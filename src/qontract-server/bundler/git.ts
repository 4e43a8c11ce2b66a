import { FailedError } from '../../errors.js';
import type { World } from '../../world.js';

/** What a bundle says of the checkout that it was made of. */
export interface Commit {
  readonly hash: string;
  /** Seconds since the epoch, as text. */
  readonly timestamp: string;
}

/** Stands for the commit of a tree that is in no git repository: the bundle is the same every time. */
export const NO_COMMIT: Commit = { hash: '0'.repeat(40), timestamp: '0' };

/** The commit that is checked out, and the files that it has. */
export interface Head {
  readonly commit: Commit;
  /** Git's hash of each file's content, by path below the folder asked for; links and submodules are left out. */
  readonly files: ReadonlyMap<string, string>;
  readonly algorithm: 'sha1' | 'sha256';
}

/**
 * Asks git for the commit checked out in `folder`, and for the files of `paths` in it. The repository's own
 * configuration cannot make these commands run a program or use the network.
 *
 * @returns undefined when git is missing, or the folder is in no repository that has any of these files
 * @throws FailedError `GitFailed` when there is a repository that git refuses to read
 */
export async function readHead(
  folder: string,
  paths: readonly string[],
  world: World,
): Promise<Head | undefined> {
  const log = await git(folder, ['rev-list', '--max-count=1', '--timestamp', 'HEAD', '--'], world);
  const [timestamp, hash] = log?.trim().split(' ') ?? [];
  if (timestamp === undefined || hash === undefined) return undefined;
  const tree = await git(folder, ['ls-tree', '-r', '-z', hash, '--', ...paths], world);
  const files = parseTree(tree ?? '');
  if (files.size === 0) return undefined;
  return { commit: { hash, timestamp }, files, algorithm: hash.length === 64 ? 'sha256' : 'sha1' };
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

const SETTINGS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'protocol.allow=never',
  'log.showSignature=false',
];

async function git(folder: string, args: readonly string[], world: World): Promise<string | undefined> {
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
  if (!result.failed) return result.stdout;
  if (result.code === 'ENOENT' || NOTHING_THERE.test(result.stderr)) return undefined;
  const [why = ''] = (result.stderr || (result.shortMessage ?? '')).split('\n');
  throw new FailedError(
    'GitFailed',
    `git cannot read the commit of ${folder}: ${why.replace(/^fatal: /, '')}`,
    {
      hint: 'name the commit yourself with --git-commit and --git-commit-timestamp',
      cause: result,
    },
  );
}

const NOTHING_THERE = /not a git repository|bad revision 'HEAD'/;

/** Only what git needs: `GIT_DIR` and its like, set while a git hook runs, would name another repository. */
function environment({ env }: World): Record<string, string> {
  const kept = ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'SystemRoot'].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}
