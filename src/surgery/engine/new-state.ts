import { expectImported } from '../../diagnosis/expected-action.js';
import type { ExpectedAction } from '../../diagnosis/finding.js';
import type { Operation } from '../operations/operation.js';
import type { SurgeryRequest } from '../request/request.js';
import type { StoredState } from '../store/store.js';
import type { TerraformPort } from '../terraform/terraform-port.js';
import { computePost, type PostState } from './compute-post.js';
import { expectedPlan, type IsConfigured } from './expected-plan.js';
import { importFor, madeByTerraform } from './with-terraform.js';

/** What a new state is computed from, besides the one that there is. */
export interface WantedChange {
  readonly operations: readonly Operation[];
  /** Who computes it; default: we do. */
  readonly engine?: SurgeryRequest['engine'] | undefined;
  /** The content that a `restore` makes current. */
  readonly earlier: StoredState | undefined;
  /** Where terraform may be run, for an `import` and for its own engine. */
  readonly terraform?: TerraformPort | undefined;
  /** Whether the configuration wants an instance, or undefined where it does not tell; undefined: nobody knows anything. */
  readonly isConfigured: IsConfigured | undefined;
}

export interface NewState extends PostState {
  /** What the next plan will do because of it. */
  readonly expectedPlan: readonly ExpectedAction[];
  /** Of terraform, where it was run. */
  readonly version?: string;
}

/**
 * Computes what operations make of a state, the same for whoever prepares, reviews or executes them.
 *
 * @throws RefusedError, UsageError what `computePost`, `importFor` and `madeByTerraform` say
 */
export async function newState(base: StoredState, change: WantedChange): Promise<NewState> {
  const { operations, earlier, terraform, isConfigured, engine } = change;
  const [first] = operations;
  if (first?.op === 'import' && engine !== 'terraform') {
    const { version, address, bytes } = await importFor(base, first, isConfigured, terraform);
    const made = computePost(base, operations, earlier, bytes);
    return { ...made, version, expectedPlan: [expectImported(address)] };
  }
  const native = computePost(base, operations, earlier);
  const planned = { expectedPlan: isConfigured === undefined ? [] : expectedPlan(native, isConfigured) };
  if (engine !== 'terraform') return { ...native, ...planned };
  return { ...native, ...planned, ...(await madeByTerraform(base, operations, native, terraform)) };
}
