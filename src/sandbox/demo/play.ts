import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { World } from '../../world.js';
import type { Sandbox, SandboxAccount } from '../sandbox.js';
import { breakByHand } from './break-by-hand.js';
import type { Cast } from './cast.js';
import type { Narrator } from './narrator.js';
import { inSandbox } from './run-demo.js';
import { ACCOUNT, applyAccount, GROUP, QUEUE, switchLoopOff } from './set-up.js';

/** How the user's own part ended. */
export interface Play {
  readonly account: string;
  readonly exitCode: number;
}

/**
 * Sets the stage as the demo does, and leaves the repair to the user: `tfrepair repair` in their own terminal, as robin,
 * with sasha's AWS profile within reach.
 *
 * @throws FailedError as `runDemo`
 */
export async function playDemo(root: string, narrator: Narrator, world: World): Promise<Play> {
  return inSandbox(root, narrator, world, async (cast) => {
    const { sandbox, account } = cast.scene;
    narrator.chapter('The reconcile loop applies the account', 'terraform makes what app-interface wants.');
    const { queue } = await applyAccount(cast);
    await breakByHand(sandbox, account, { group: GROUP, queue: QUEUE, wanted: queue });
    await switchLoopOff(sandbox);
    await writeProfiles(sandbox, account);
    narrator.chapter(
      'Somebody has changed it by hand. Now it is your turn: you are robin',
      'When a second person is asked for, be sasha: their AWS profile is called sasha.',
    );
    return { account: ACCOUNT, exitCode: await repairAsRobin(cast) };
  });
}

const PROFILES = 'aws-credentials';

/** The people's keys as AWS profiles (0600). */
async function writeProfiles({ folder }: Sandbox, { region, identities }: SandboxAccount): Promise<void> {
  const people = [
    ['robin', identities.operator],
    ['sasha', identities.reviewer],
  ] as const;
  const sections = people.map(([name, { keys }]) =>
    [
      `[${name}]`,
      `aws_access_key_id = ${keys.accessKeyId}`,
      `aws_secret_access_key = ${keys.secretAccessKey.reveal()}`,
      `region = ${region}`,
    ].join('\n'),
  );
  await writeFile(join(folder, PROFILES), `${sections.join('\n\n')}\n`, { mode: 0o600 });
}

async function repairAsRobin({ scene, envOf }: Cast): Promise<number> {
  const { execa } = await import('execa');
  const file = join(scene.root, 'bin', 'run.js');
  const env = { ...envOf('robin'), AWS_SHARED_CREDENTIALS_FILE: join(scene.sandbox.folder, PROFILES) };
  const { exitCode } = await execa(process.execPath, [file, 'repair', '--account', ACCOUNT], {
    ...{ cwd: scene.sandbox.folder, env, extendEnv: false, stdio: 'inherit', reject: false },
  });
  return exitCode ?? 1;
}
