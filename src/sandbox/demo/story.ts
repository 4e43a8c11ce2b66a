import { ExitCode } from '../../errors.js';
import { breakByHand } from './break-by-hand.js';
import type { Cast } from './cast.js';
import { ACCOUNT, applyAccount, applyAs, GROUP, onlyFlags, QUEUE, switchLoopOff } from './set-up.js';

/** Files that the people hand to each other; in the sandbox's folder, where their commands run. */
const REQUEST = 'request.json';
const APPROVAL = 'approval.txt';

/**
 * Plays the story.
 *
 * @returns what it has shown to hold
 * @throws FailedError `DemoFailed` when something does not end as it should
 */
export async function playStory(cast: Cast): Promise<string[]> {
  const { narrator, sandbox, account } = cast.scene;
  narrator.chapter('The reconcile loop applies the account', 'terraform makes what app-interface wants.');
  const { addresses, queue } = await applyAccount(cast);

  narrator.chapter(
    'Somebody changes it by hand',
    `The parameter group ${GROUP} is deleted. The queue ${QUEUE} is deleted and made again; the state knows nothing of it.`,
  );
  const url = await breakByHand(sandbox, account, { group: GROUP, queue: QUEUE, wanted: queue });

  narrator.chapter('What is wrong, and why?', 'Robin looks.');
  const subject = ['--account', ACCOUNT];
  await cast.plays('robin', ['diagnose', ...subject, '--verbose', '--exit-code'], ExitCode.findings);

  await sandbox.enforceAuth(true);
  await repairByTwo(cast, url);
  await sandbox.enforceAuth(false);

  narrator.chapter('The loop goes on', 'It makes the parameter group again, and leaves the queue as it is.');
  await applyAs('loop', addresses, cast);
  await cast.plays('robin', ['plan', ...subject, ...onlyFlags(addresses)]);
  return [
    'a change by hand was found, with its owner, and where not to touch the state',
    'the request was computed twice, by two people, from the state itself',
    'its maker could not approve it; another IAM user could, as AWS STS confirmed',
    'the state was backed up, compared and swapped, and read back',
    'the approval could not be used a second time',
    'the plan is clean',
  ];
}

/** Asks, is refused, is approved, writes, and cannot write again. */
async function repairByTwo(cast: Cast, url: string): Promise<void> {
  const { narrator } = cast.scene;
  const subject = ['--account', ACCOUNT];
  narrator.chapter(
    'Robin asks for a repair',
    'First the loop is switched off for the account, in app-interface. Nothing is written yet.',
  );
  await switchLoopOff(cast.scene.sandbox);
  const why = ['--reason', 'made again by hand', '--ticket', 'FERRY-17', '--request-out', REQUEST];
  await cast.plays(
    'robin',
    ['state', 'import', `aws_sqs_queue.${QUEUE}`, url, ...subject, ...why],
    ExitCode.refused,
  );

  const confirm = ['--confirm', `${ACCOUNT}:1`];
  narrator.chapter('Robin cannot approve it', 'Not even with the right words.');
  await cast.plays('robin', ['review', REQUEST, ...subject, ...confirm], ExitCode.refused);

  narrator.chapter(
    'Sasha reviews it',
    "Sasha's tfrepair reads the state itself and computes the change again.",
  );
  await cast.plays('sasha', ['review', REQUEST, ...subject, ...confirm, '--out', APPROVAL]);

  const execute = ['state', 'execute', REQUEST, '--approval', APPROVAL, ...subject];
  narrator.chapter('Robin carries it out', 'Every step is in a journal before it is taken.');
  await cast.plays('robin', [...execute, '--verify', 'none']);
  await cast.plays('robin', execute, ExitCode.refused);
}
