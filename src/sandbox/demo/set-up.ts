import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import * as v from 'valibot';

import { FailedError } from '../../errors.js';
import { findProgram } from '../../find-program.js';
import type { Sandbox } from '../sandbox.js';
import { WantedQueue } from './break-by-hand.js';
import type { Cast } from './cast.js';

/** The account that the story plays in. */
export const ACCOUNT = 'ferries-stage';

/** What somebody changes by hand. */
export const GROUP = 'booking-postgres15';
export const QUEUE = 'booking-stage-payments';

/** What the story needs of the account. The rest of it takes AWS's provider a minute and more of waiting to make. */
const SLOW = /^aws_(db_instance|sqs_queue)\./;

/** The account as the story finds it. */
export interface SetUp {
  /** What terraform has made, and the queue. */
  readonly addresses: readonly string[];
  /** What the configuration wants of the queue. */
  readonly queue: WantedQueue;
}

/** Switches the reconcile loop off for the account, as the runbook asks for before a state is touched. */
export async function switchLoopOff(sandbox: Sandbox): Promise<void> {
  const file = join(sandbox.appInterface, 'data', 'aws', ACCOUNT, 'account.yml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, `${text.trimEnd()}\ndisable:\n  integrations:\n  - terraform-resources\n`);
  await sandbox.reload();
}

/** Plans as tfrepair does and lets terraform apply that, as the reconcile loop would. @throws FailedError `DemoFailed` */
export async function applyAccount(cast: Cast): Promise<SetUp> {
  const { resources, queue } = await wantedResources(cast);
  const made = resources.filter((address) => address.includes('booking') && !SLOW.test(address));
  await applyAs('loop', made, cast);
  return { addresses: [...made, `aws_sqs_queue.${QUEUE}`], queue };
}

/** What `terraform apply` does in the reconcile loop, for some addresses. @throws FailedError `DemoFailed` */
export async function applyAs(who: 'loop', addresses: readonly string[], cast: Cast): Promise<void> {
  const only = onlyFlags(addresses);
  const planned = await cast.silently(who, [
    'plan',
    '--account',
    ACCOUNT,
    '--json',
    '--keep-workdir',
    ...only,
  ]);
  const { workdir } = v.parse(Planned, JSON.parse(planned.stdout)).result;
  try {
    await cast.program(
      who,
      await terraformOn(cast.scene.path),
      ['apply', '-no-color', '-parallelism=30', 'tfrepair.tfplan'],
      {
        ...{ expected: 0, command: 'terraform apply', cwd: workdir },
      },
    );
  } finally {
    await rm(workdir, { recursive: true, force: true });
  }
}

const Planned = v.object({ result: v.object({ workdir: v.string() }) });

export function onlyFlags(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => ['--only', address]);
}

/** The homes of the people, each with data and caches of its own. */
export async function makeHomes({ folder }: Sandbox, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => mkdir(join(folder, 'home', name), { recursive: true, mode: 0o700 })));
}

const Rendered = v.object({ resource: v.record(v.string(), v.record(v.string(), v.unknown())) });

async function wantedResources(cast: Cast): Promise<{ resources: string[]; queue: WantedQueue }> {
  const { stdout } = await cast.silently('loop', ['config', '--account', ACCOUNT, '--offline']);
  const { resource } = v.parse(Rendered, JSON.parse(stdout));
  const resources = Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
  return { resources, queue: v.parse(WantedQueue, resource['aws_sqs_queue']?.[QUEUE]) };
}

async function terraformOn(path: string): Promise<string> {
  const file = (await findProgram('terraform', path)) ?? (await findProgram('tofu', path));
  if (file !== undefined) return file;
  throw new FailedError('TerraformMissing', 'the demo needs terraform or tofu on PATH', {
    hint: 'install terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org)',
  });
}
