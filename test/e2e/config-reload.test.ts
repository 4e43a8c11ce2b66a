import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { oracleFile } from '../support/oracle.js';
import { startTestServer, type TestServer } from '../support/http-server.js';
import { runCli, type CliResult } from './support/run-cli.js';
import { runServer, type ServerProcess } from './support/run-server.js';
import { useTempDir } from './support/temp-dir.js';

const home = useTempDir();
const CONFIG = oracleFile('public', 'config.toml');
let server: ServerProcess;
let front: TestServer;
let reloads = 0;

/** In front of a real server: the first requests for a bundle come too late, as after as many reloads. */
beforeEach(async () => {
  server = await runServer(['--bundle', oracleFile('public', 'bundle.json')], home());
  front = await startTestServer(async ({ method, url, headers, body }) => {
    if (url.pathname.startsWith('/graphqlsha/') && body.includes('AccountNamespaces') && reloads > 0) {
      reloads -= 1;
      return { status: 404, body: 'bundle not found' };
    }
    const init = { method, headers: { 'content-type': headers['content-type'] ?? 'text/plain' } };
    const { status, text } = await server.ask(url.pathname, method === 'GET' ? init : { ...init, body });
    return { status, body: text };
  });
});
afterEach(async () => {
  await front.close();
  await server.stop();
});

const render = (): Promise<CliResult> =>
  runCli(
    [
      ...['config', '--graphql', `${front.origin}/graphql`, '--config', CONFIG, '--offline'],
      ...['--account', 'sqs-minimal', '--out', join(home(), 'out.json')],
    ],
    home(),
  );

test('a reload in between is told, and everything is read again from the new data', async () => {
  reloads = 1;
  const { exitCode, stderr } = await render();
  expect(exitCode).toBe(0);
  expect(stderr).toContain('the server reloaded its data: rendering again from the new bundle');
  expect(front.requests.filter((request) => request === 'GET /sha256')).toHaveLength(2);
});

test('a second reload ends the command, and says what to do', async () => {
  reloads = 2;
  const { exitCode, stderr } = await render();
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /error: the server does not have the bundle [0-9a-f]{64} any more\nNext: run the command again/,
  );
});
