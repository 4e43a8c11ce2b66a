import { afterExecution } from '../surgery/backup/after-execution.js';
import { backedUpState, openBackups } from '../surgery/backup/backups.js';
import type { BackupSettings } from '../surgery/backup/settings.js';
import type { StepObserver } from '../surgery/engine/execute.js';
import type { Site } from './carry-out.js';
import { planPort } from './plan-after.js';
import type { Session } from './session.js';

/** Told how it goes on. */
export interface SiteObserver {
  readonly onStep: StepObserver;
  readonly onPlan: () => void;
  /** Told what did not work afterwards. */
  readonly note: (text: string) => void;
}

/** Where the requests of a session are executed: its journal, its backups, its terraform. */
export function siteOf(
  { root, request, journal, terraform, world }: Session,
  settings: BackupSettings,
  { onStep, onPlan, note }: SiteObserver,
): Site {
  const { now } = world;
  const { folder, encryption, copyBeside: keepCopy } = settings;
  return {
    ...{ journal, terraform, now, onStep, onPlan, keepCopy },
    backups: openBackups(folder, now, encryption),
    plan: planPort(request, world),
    afterwards: () => afterExecution(backedUpState(root.name, root.store), { journal, settings, now, note }),
  };
}
