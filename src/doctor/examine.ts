import { messageOf } from '../errors.js';
import { wrong, type Check, type CheckResult, type DoctorSettings, type DoctorWorld } from './check.js';
import { CHECKS, type CheckId } from './checks/index.js';
import { needsOf, type Needs } from './needs.js';

/** One check and what it found. */
export interface Examined extends CheckResult {
  readonly id: CheckId;
  readonly title: string;
  readonly purpose: string;
  /** Whether the command asked about cannot do without it; false when no command was named. */
  readonly needed: boolean;
}

export interface Examination {
  /** The command asked about. */
  readonly for: string | null;
  /** Whether all that it needs is ok; true when no command was named. */
  readonly ready: boolean;
  readonly checks: readonly Examined[];
}

/**
 * Examines this machine, all checks at once, in a stable order.
 *
 * @param command limits the checks to what this command needs or uses
 * @throws UsageError when the command is unknown; the interruption when there is one
 */
export async function examine(
  world: DoctorWorld,
  settings: DoctorSettings,
  command?: string,
): Promise<Examination> {
  const needs = command === undefined ? undefined : needsOf(command);
  const chosen = entries().filter(([id]) => isWanted(id, needs));
  const checks = await Promise.all(
    chosen.map(async ([id, check]) => {
      const result = await examineOne(check, world, settings);
      const needed = needs?.needs.includes(id) ?? false;
      return { id, title: check.title, purpose: check.purpose, needed, ...result };
    }),
  );
  const ready = checks.every(({ needed, state }) => !needed || state === 'ok');
  return { for: command ?? null, ready, checks };
}

function entries(): [CheckId, Check][] {
  // Object.entries forgets the names of the keys.
  return Object.entries(CHECKS) as [CheckId, Check][];
}

function isWanted(id: CheckId, needs: Needs | undefined): boolean {
  return needs === undefined || needs.needs.includes(id) || needs.uses.includes(id);
}

/** A check that breaks is one finding among the others, not the end of them. */
async function examineOne(check: Check, world: DoctorWorld, settings: DoctorSettings): Promise<CheckResult> {
  try {
    return await check.examine(world, settings);
  } catch (error) {
    world.signal.throwIfAborted();
    return wrong(`could not be examined: ${messageOf(error)}`, 'this is a bug in tfrepair: please report it');
  }
}
