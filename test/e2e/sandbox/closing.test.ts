import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';

import { requires } from '../support/requires.js';
import { openExampleSandbox } from '../support/sandbox.js';
import { expectEmpty, useTempDir } from '../support/temp-dir.js';

const describeHere = await requires(['moto_server']);

const OPENER = fileURLToPath(new URL('../support/open-sandbox.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describeHere('the end of a sandbox', () => {
  const parent = useTempDir();

  test('close ends both servers and removes the folder', async () => {
    const sandbox = await openExampleSandbox({ parent: parent() });
    const { endpoint, graphqlUrl } = sandbox;
    expect([await answers(endpoint), await answers(graphqlUrl)]).toEqual([true, true]);
    await sandbox.close();
    expect([await answers(endpoint), await answers(graphqlUrl)]).toEqual([false, false]);
    await expectEmpty(parent());
  });

  test('nothing is left when the process that opened it is killed', async () => {
    const opener = spawn(process.execPath, ['--import', 'tsx', OPENER, parent()], {
      cwd: ROOT,
      env: process.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(opener.stdout), 'line')) as [string];
    const { folder, endpoint } = JSON.parse(line) as { folder: string; endpoint: string };
    expect([existsSync(folder), await answers(endpoint)]).toEqual([true, true]);
    opener.kill('SIGKILL');
    while (existsSync(folder) || (await answers(endpoint))) await sleep(50);
    await expectEmpty(parent());
  });
});
