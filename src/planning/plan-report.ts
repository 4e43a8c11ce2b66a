import type { Diagnostic, Plan, PlanAction, ResourceChange } from '../terraform/plan/plan.js';
import type { Product } from '../terraform/executable.js';
import { checkVersion } from '../terraform/version-check.js';
import { count } from '../diagnosis/tally.js';
import { countActions } from '../terraform/plan/count-actions.js';
import { isJsonObject } from '../json.js';
import type { PlannedAccount } from './planned-account.js';

/** What `tfrepair plan` says, for people and as JSON. No value of an attribute is in it. */
export interface PlanReport {
  readonly account: string;
  /** The AWS account id. */
  readonly uid: string;
  readonly terraform: { readonly product: Product; readonly version: string };
  readonly outcome: Plan['outcome'];
  /** Whether `init` had to be run, or what an earlier one left could be used. */
  readonly init: PlannedAccount['init'];
  /** Milliseconds that the plan took. */
  readonly durationMs: number;
  /** Resource instances in the stored state; null: there is none, or it cannot be read. */
  readonly stateInstances: number | null;
  /** How many were read from their providers. */
  readonly refreshed: number;
  /** Those whose reading was begun and never completed. */
  readonly notCompleted: readonly string[];
  /** How many resources would be created, updated, …; what is 0 is left out. */
  readonly actions: Readonly<Partial<Record<PlanAction, number>>>;
  readonly changes: readonly ResourceChange[];
  readonly diagnostics: readonly Diagnostic[];
  /** Variables whose value is not known: what is made of them shows as a change. */
  readonly placeholders: readonly string[];
  readonly notes: readonly string[];
  /** The working folder, when it was kept. */
  readonly workdir?: string;
}

/** What there is to say of a planned account. */
export function planReport(planned: PlannedAccount, keepWorkdir: boolean): PlanReport {
  const { account, terraform, plan, stored, init, durationMs, placeholders, root } = planned;
  const { product, version } = terraform;
  return {
    ...{ account: account.name, uid: account.uid, terraform: { product, version }, init, durationMs },
    outcome: plan.outcome,
    stateInstances: stored.kind === 'read' ? stored.state.instances.length : null,
    refreshed: plan.refreshes.filter((refresh) => refresh.durationMs !== undefined).length,
    notCompleted: plan.refreshes
      .filter((refresh) => refresh.durationMs === undefined)
      .map(({ address }) => address),
    actions: countActions(plan.changes),
    ...{ changes: plan.changes, diagnostics: plan.diagnostics, placeholders },
    notes: [...versionNotes(planned), ...planned.notes, ...accountNotes(planned)],
    ...(keepWorkdir ? { workdir: root.folder } : {}),
  };
}

function versionNotes({ terraform, stored, config }: PlannedAccount): string[] {
  const block = config.document['terraform'];
  const required = isJsonObject(block) ? block['required_version'] : undefined;
  const stateVersion = stored.kind === 'read' ? stored.state.terraformVersion : undefined;
  const requiredVersion = typeof required === 'string' ? required : undefined;
  return checkVersion({ ...terraform, stateVersion, requiredVersion }).map(({ text }) => text);
}

function accountNotes({ config, stored, loopIsOff, account }: PlannedAccount): string[] {
  const notes = stored.kind === 'unreadable' ? [stored.error.message] : [];
  if (loopIsOff) notes.push(`terraform-resources is disabled for ${account.name} in app-interface`);
  const { length } = config.unknowns;
  if (length > 0) {
    notes.push(
      `${count(length, 'value')} of the config could not be told and may show as a change; "tfrepair config" lists them`,
    );
  }
  return notes;
}
