import { describe, expect, test } from '@jest/globals';

import { runCli } from './support/run-cli.js';
import { expectEmpty, useTempDir } from './support/temp-dir.js';

describe('tfrepair demo', () => {
  const home = useTempDir();

  test('tells about both accounts within 80 columns, needs only Node, and leaves nothing behind', async () => {
    const { exitCode, stdout, stderr } = await runCli(['demo'], home(), { env: { PATH: '' } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const text of [
      'ferries-prod',
      '444455556666',
      'us-east-1, eu-west-1',
      'ferries-stage',
      '123456789012',
    ]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).toContain('s3://ferries-stage-tf-state/ferries-stage-resources.tfstate');
    const wide = stdout
      .split('\n')
      .filter((line) => line.length > 80 && !line.includes('TFREPAIR_APP_INTERFACE'));
    expect(wide).toEqual([]);
    await expectEmpty(home());
  });

  test('gives the accounts as JSON', async () => {
    const { exitCode, stdout } = await runCli(['demo', '--json'], home());
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'demo',
      result: {
        datafiles: 50,
        accounts: [
          {
            name: 'ferries-prod',
            uid: '444455556666',
            regions: ['us-east-1', 'eu-west-1'],
            state: {
              bucket: 'ferries-prod-tf-state',
              key: 'ferries-prod-resources.tfstate',
              region: 'us-east-1',
            },
            namespaces: 3,
            resources: expect.arrayContaining([{ provider: 'asg', count: 1 }]),
          },
          { name: 'ferries-stage', namespaces: 3 },
        ],
      },
    });
  });
});
