import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { isJobRunning, parseJenkinsToken, type JenkinsAccess } from '../../../src/clients/jenkins.js';
import { Secret } from '../../../src/secret.js';
import { startTestServer, type HttpAnswer, type TestServer } from '../../support/http-server.js';

describe('a Jenkins token', () => {
  test('is TOML with address, user and password', () => {
    const text = '[jenkins]\nurl = "https://ci.example.com"\nuser = "bot"\npassword = "example"\n';
    const { url, user, password } = parseJenkinsToken(new Secret(text));
    expect([url, user, password.reveal()]).toEqual(['https://ci.example.com', 'bot', 'example']);
  });

  test.each([
    ['no TOML', 'password = "canary'],
    ['another table', '[other]\npassword = "canary"'],
    ['no password', '[jenkins]\nurl = "https://ci.example.com"\nuser = "canary"'],
    ['no address', '[jenkins]\nurl = "canary"\nuser = "bot"\npassword = "canary"'],
  ])('that is %s is refused, and not quoted', (_what, text) => {
    const parse = (): JenkinsAccess => parseJenkinsToken(new Secret(text));
    expect(parse).toThrow(/^the jenkins token is not TOML with url, user and password$/);
  });
});

describe("a job's last build", () => {
  let server: TestServer;
  let answer: HttpAnswer;

  beforeEach(async () => {
    server = await startTestServer(({ headers }) => {
      const login = `Basic ${Buffer.from('bot:example').toString('base64')}`;
      return headers.authorization === login ? answer : { status: 401 };
    });
  });
  afterEach(() => server.close());

  const running = (job: string, password = 'example'): Promise<boolean> =>
    isJobRunning({ url: `${server.origin}/`, user: 'bot', password: new Secret(password) }, job, fetch);

  test.each([
    ['is running', { status: 200, body: { building: true, number: 7 } }, true],
    ['has ended', { status: 200, body: { building: false } }, false],
    ['was never there', { status: 404 }, false],
  ])('%s', async (_what, answered, expected) => {
    answer = answered;
    expect(await running('team/job/build image')).toBe(expected);
    expect(server.requests).toEqual(['GET /job/team/job/build%20image/lastBuild/api/json']);
  });

  test.each([
    ['a refused login', { status: 200 }, 'wrong', 'jenkins answered for the job build with status 401'],
    ['a broken server', { status: 500 }, 'example', 'jenkins answered for the job build with status 500'],
    ['another page', { status: 200, body: '<html>' }, 'example', 'jenkins answered with status 200'],
  ])('is not known from %s', async (_what, answered, password, message) => {
    answer = answered;
    await expect(running('build', password)).rejects.toThrow(message);
  });
});
