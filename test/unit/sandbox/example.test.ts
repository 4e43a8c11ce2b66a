import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { copyAppInterface, useNetwork } from '../../../src/sandbox/example.js';
import { exampleFile } from '../../support/example.js';

const GROUP = 'resources/terraform/asg/timetable-workers.yml';

describe("the sandbox's copy of the example", () => {
  let copy: string;

  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'example-'));
    await copyAppInterface(exampleFile('app-interface'), copy);
  });

  afterEach(async () => {
    await rm(copy, { recursive: true });
  });

  test('has every file of it', async () => {
    const [original, copied] = await Promise.all(
      [exampleFile('app-interface'), copy].map((folder) => readdir(folder, { recursive: true })),
    );
    expect(copied?.sort()).toEqual(original?.sort());
  });

  test('can be given the network of the API server; the rest of the file and the original stay as they are', async () => {
    const before = await readFile(exampleFile(`app-interface/${GROUP}`), 'utf8');
    await useNetwork(join(copy, GROUP), { subnet: 'subnet-1', securityGroup: 'sg-1' });
    const after = await readFile(join(copy, GROUP), 'utf8');
    const differing = after.split('\n').filter((line, index) => line !== before.split('\n')[index]);
    expect(differing).toEqual(['- subnet-1', '- sg-1']);
    expect(await readFile(exampleFile(`app-interface/${GROUP}`), 'utf8')).toBe(before);
  });
});
