import { githubCommit, gitlabCommit, type CodeHost } from '../clients/code-host.js';

/** The commit that a ref of a repository points to. */
export type CommitLookup = (url: string, ref: string) => Promise<string>;

/** Makes the access to a code host; asked once a host is needed. */
export type CodeHostAccess = (kind: 'github' | 'gitlab') => Promise<CodeHost>;

const FULL_SHA = /^[0-9a-f]{40}$/;

/** Looks commits up where the repository's address points to; a full sha is its own answer. */
export function commitLookup(access: CodeHostAccess): CommitLookup {
  return async (url, ref) => {
    if (FULL_SHA.test(ref)) return ref;
    const { hostname, pathname } = new URL(url);
    const repository = pathname.replace(/^\/|\/$|\.git$/g, '');
    if (hostname.includes('github')) return githubCommit(await access('github'), repository, ref);
    if (hostname.includes('gitlab')) return gitlabCommit(await access('gitlab'), repository, ref);
    return '';
  };
}
