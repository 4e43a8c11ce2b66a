import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { ENTER, PtyUser } from './support/pty.js';
import { requires } from './support/requires.js';
import { openStage, resourceAt, type Stage, type StateDocument } from './support/stage.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider', 'python3']);

const USER = 'aws_iam_user.booking-stage-queues';

describeHere('a guided repair of an account', () => {
  let stage: Stage;
  let profiles: string;
  beforeAll(async () => {
    stage = await openStage([USER], async (sandbox) => {
      const file = join(sandbox.appInterface, 'data/aws/ferries-stage/account.yml');
      const off = 'disable:\n  integrations:\n  - terraform-resources\n';
      await writeFile(file, (await readFile(file, 'utf8')).replace(off, '') + off);
      await sandbox.reload();
    });
    profiles = join(stage.home, 'profiles');
    const { operator, reviewer } = stage.account.identities;
    const sections = Object.entries({ operator, reviewer }).map(([name, { keys }]) =>
      [
        `[${name}]`,
        `aws_access_key_id = ${keys.accessKeyId}`,
        `aws_secret_access_key = ${keys.secretAccessKey.reveal()}`,
      ].join('\n'),
    );
    await writeFile(profiles, `${sections.join('\n')}\n`, { mode: 0o600 });
  }, 400_000);
  afterAll(() => stage.close());

  test('takes a user that the state has lost back into it, with a colleague who is another IAM user', async () => {
    const env = { ...stage.env, AWS_SHARED_CREDENTIALS_FILE: profiles };
    const words = ['repair', '--account', stage.account.name, '--only', USER];
    const lose = (state: StateDocument): void => {
      state.resources = state.resources.filter(({ type }) => type !== 'aws_iam_user');
    };
    await stage.withState(lose, async () => {
      const one = new PtyUser(words, stage.home, { env, timeout: 300_000 });
      try {
        await one.answers('What shall be repaired?', '1', ENTER);
        await one.answers('How?', '1', ENTER);
        await one.sees(`+ ${USER}`);
        await one.answers('Nothing is written yet.', '1', ENTER);
        await one.answers('Why?', 'lost with an old state', ENTER);
        await one.answers('Ticket', '-', ENTER);
        await one.answers('How shall the request reach', ENTER);
        await one.answers('A second person has to approve', '3', ENTER);
        await one.answers("The colleague's AWS profile", 'operator', ENTER);
        await one.sees('Refused: ');
        await one.answers('A second person has to approve', '3', ENTER);
        await one.answers("The colleague's AWS profile", 'reviewer', ENTER);
        await one.answers('types the name', stage.account.name, ENTER);
        await one.answers('how many objects', '1', ENTER);
        await one.sees('Approved by sasha');
        await one.answers('type its name', stage.account.name, ENTER);
        await one.sees('as expected');
        await one.answers('Anything else?', ENTER);
        expect(await one.ends()).toBe(0);
      } finally {
        one.kill();
      }
      expect(resourceAt(JSON.parse(await stage.state()) as StateDocument, USER).instances).toHaveLength(1);
    });
  }, 400_000);
});
