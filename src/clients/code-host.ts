import * as v from 'valibot';

import { FailedError } from '../errors.js';
import type { Secret } from '../secret.js';
import { askSystem, parseAnswer } from './http.js';

/** Access to a code host's REST API. */
export interface CodeHost {
  /** e.g. `https://api.github.com` or `https://gitlab.example.com` */
  readonly api: string;
  readonly token: Secret | undefined;
  readonly fetch: typeof globalThis.fetch;
}

const GithubCommit = v.object({ sha: v.string() });
const GitlabCommits = v.pipe(v.array(v.object({ id: v.string() })), v.minLength(1));
const Release = v.object({
  tag_name: v.string(),
  assets: v.pipe(v.array(v.object({ browser_download_url: v.pipe(v.string(), v.url()) })), v.minLength(1)),
});

/** The newest commit of a branch. @param repository e.g. `example/worker` */
export async function githubCommit(host: CodeHost, repository: string, ref: string): Promise<string> {
  const path = `repos/${repository}/commits/${encodeURIComponent(ref)}`;
  return (await getJson(host, 'github', path, githubHeaders(host), GithubCommit)).sha;
}

/** The newest commit of a branch. @param project its path, e.g. `group/worker` */
export async function gitlabCommit(host: CodeHost, project: string, ref: string): Promise<string> {
  const path = `api/v4/projects/${encodeURIComponent(project)}/repository/commits?ref_name=${encodeURIComponent(ref)}&per_page=1`;
  const headers = host.token === undefined ? {} : { 'PRIVATE-TOKEN': host.token.reveal() };
  const [commit] = await getJson(host, 'gitlab', path, headers, GitlabCommits);
  return commit?.id ?? '';
}

/** A release and the address of its first asset. @param path of the release, e.g. `repos/example/tool/releases/latest` */
export async function githubRelease(host: CodeHost, path: string): Promise<{ tag: string; asset: string }> {
  const release = await getJson(host, 'github', path, githubHeaders(host), Release);
  return { tag: release.tag_name, asset: release.assets[0]?.browser_download_url ?? '' };
}

function githubHeaders({ token }: CodeHost): Record<string, string> {
  const accept = { Accept: 'application/vnd.github+json' };
  return token === undefined ? accept : { ...accept, Authorization: `token ${token.reveal()}` };
}

async function getJson<T extends v.GenericSchema>(
  host: CodeHost,
  system: string,
  path: string,
  headers: Record<string, string>,
  schema: T,
): Promise<v.InferOutput<T>> {
  const url = `${host.api.replace(/\/$/, '')}/${path}`;
  const answer = await askSystem(host.fetch, system, url, { headers });
  if (answer.status === 200) return parseAnswer(system, answer, schema);
  throw new FailedError(
    'AnswerUnusable',
    `${system} answered ${path.split('?')[0] ?? path} with status ${answer.status}`,
  );
}
