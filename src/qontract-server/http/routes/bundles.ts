import { bundleNotFound, jsonAnswer, textAnswer, type Answer } from '../answer.js';
import type { Bundle } from '../../bundle/bundle.js';
import type { BundleRegistry } from '../registry.js';
import type { Call, Route } from '../router.js';

/** What is being served: checksums and commits. */
export function bundleRoutes(registry: BundleRegistry): Route[] {
  const about =
    (describe: (bundle: Bundle) => Answer) =>
    ({ params: { sha } }: Call): Answer => {
      const loaded = sha === undefined ? registry.latest : registry.get(sha);
      return loaded === undefined ? bundleNotFound(sha ?? '') : describe(loaded.bundle);
    };
  const checksum = about(({ sha256 }) => textAnswer(sha256));
  const commit = about(({ gitCommit }) => textAnswer(gitCommit));
  const commitInfo = about((bundle) =>
    jsonAnswer({ commit: bundle.gitCommit, timestamp: bundle.gitCommitTimestamp }),
  );
  return [
    { method: 'GET', path: '/sha256', handle: checksum },
    { method: 'GET', path: '/git-commit', handle: commit },
    { method: 'GET', path: '/git-commit/:sha', handle: commit },
    { method: 'GET', path: '/git-commit-info', handle: commitInfo },
    { method: 'GET', path: '/git-commit-info/:sha', handle: commitInfo },
  ];
}
