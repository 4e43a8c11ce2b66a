import { parse } from 'smol-toml';
import * as v from 'valibot';

import { FailedError } from '../errors.js';
import { Secret } from '../secret.js';
import { askSystem, parseAnswer } from './http.js';

/** How to reach a Jenkins: what its token secret says (app-interface-aws §7). */
export interface JenkinsAccess {
  readonly url: string;
  readonly user: string;
  readonly password: Secret;
}

const Access = v.object({
  jenkins: v.object({ url: v.pipe(v.string(), v.url()), user: v.string(), password: v.string() }),
});
const Build = v.object({ building: v.boolean() });

/** Reads the TOML text that is a Jenkins token. @throws FailedError `SecretInvalid` */
export function parseJenkinsToken(text: Secret): JenkinsAccess {
  const parsed = v.safeParse(Access, tomlOf(text));
  if (!parsed.success) {
    throw new FailedError('SecretInvalid', 'the jenkins token is not TOML with url, user and password');
  }
  const { url, user, password } = parsed.output.jenkins;
  return { url, user, password: new Secret(password) };
}

/** Whether the job's last build is running; a job without builds is not. @param job folders as in its address */
export async function isJobRunning(
  access: JenkinsAccess,
  job: string,
  fetch: typeof globalThis.fetch,
): Promise<boolean> {
  const login = Buffer.from(`${access.user}:${access.password.reveal()}`).toString('base64');
  const url = `${access.url.replace(/\/$/, '')}/job/${encodeURI(job)}/lastBuild/api/json`;
  const answer = await askSystem(fetch, 'jenkins', url, { headers: { Authorization: `Basic ${login}` } });
  if (answer.status === 404) return false;
  if (answer.status === 200) return parseAnswer('jenkins', answer, Build).building;
  throw new FailedError('AnswerUnusable', `jenkins answered for the job ${job} with status ${answer.status}`);
}

function tomlOf(text: Secret): unknown {
  try {
    return parse(text.reveal());
  } catch {
    return undefined;
  }
}
