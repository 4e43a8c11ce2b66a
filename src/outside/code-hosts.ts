import type { CodeHostTokens } from '../app-interface/code-hosts.js';
import type { CodeHost } from '../clients/code-host.js';
import type { SecretReader } from '../credentials/secret-reader.js';
import { FailedError } from '../errors.js';
import type { CodeHostAccess } from './commits.js';

const GITHUB_API = 'https://api.github.com';

/**
 * Access to the code hosts with app-interface's own tokens, read once one is needed. GitHub answers for public
 * repositories without a token, too; `GITHUB_API` names another server of it, as for qontract-reconcile.
 */
export function codeHostAccess(
  tokens: () => Promise<CodeHostTokens>,
  secrets: SecretReader | undefined,
  { env, fetch }: { env: Readonly<Record<string, string | undefined>>; fetch: typeof globalThis.fetch },
): CodeHostAccess {
  let known: Promise<CodeHostTokens> | undefined;
  return async (kind): Promise<CodeHost> => {
    const { github, gitlab } = await (known ??= tokens());
    if (kind === 'github') {
      const token = github === undefined ? undefined : await secrets?.read(github);
      return { api: env['GITHUB_API'] ?? GITHUB_API, token, fetch };
    }
    if (gitlab === undefined) {
      throw new FailedError('CodeHostUnknown', 'app-interface names no GitLab instance');
    }
    return { api: gitlab.url, token: await secrets?.read(gitlab.token), fetch };
  };
}
