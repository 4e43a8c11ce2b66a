import { expect, test } from '@jest/globals';

import { runScript } from '../../support/run-script.js';

test('the clients that every account needs are loaded, and none before it is asked for', async () => {
  const loaded = await runScript(`
    import { createRequire } from 'node:module';
    import { preloadClients } from './src/clients/aws/preload.ts';
    const { cache } = createRequire(process.cwd() + '/');
    const clients = () =>
      [...new Set(Object.keys(cache).flatMap((file) => /@aws-sdk.(client-[a-z0-9]+)/.exec(file)?.[1] ?? []))].sort();
    const before = clients();
    preloadClients();
    process.once('beforeExit', () => console.log(JSON.stringify({ before, after: clients() })));`);
  expect(loaded).toEqual({ before: [], after: expect.arrayContaining(['client-s3', 'client-sts']) });
}, 60_000);
