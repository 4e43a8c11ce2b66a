import type { Endpoint } from '../app-interface/endpoint.js';
import { FailedError } from '../errors.js';
import { compareConfigs, type AddressDifference } from '../qontract-reconcile/differences.js';
import type { World } from '../world.js';
import type { AccountOutcome } from './account-outcome.js';
import { findReconcile, renderByReconcile } from './render-by-reconcile.js';
import { renderFrom, withEndpoint, type RenderingRequest } from './render.js';

/** Who renders: tfrepair itself, the installed program, or tfrepair checked by the program where there is one. */
export const RENDERERS = ['native', 'qontract-reconcile', 'auto'] as const;

export type Renderer = (typeof RENDERERS)[number];

/** What the installed qontract-reconcile renders differently, by account. */
export type Verification = ReadonlyMap<string, readonly AddressDifference[]>;

export interface Rendering {
  readonly outcomes: readonly AccountOutcome[];
  /** Undefined when nothing was compared. */
  readonly verification: Verification | undefined;
}

/**
 * Renders with the renderer that the user chose.
 *
 * @param verify compare the native rendering with qontract-reconcile's, which has to be installed
 * @throws FailedError, UsageError naming what is wrong
 */
export async function renderWith(
  renderer: Renderer,
  verify: boolean,
  request: RenderingRequest,
  world: World,
): Promise<Rendering> {
  return withEndpoint(request, world, async (endpoint) => {
    if (renderer === 'qontract-reconcile') {
      return { outcomes: await renderByReconcile(endpoint, request, world), verification: undefined };
    }
    const outcomes = await renderFrom(endpoint, request, world);
    const compares = verify || (renderer === 'auto' && (await findReconcile(world)) !== undefined);
    const verification = compares ? await verifyOutcomes(outcomes, endpoint, request, world) : undefined;
    return { outcomes, verification };
  });
}

async function verifyOutcomes(
  outcomes: readonly AccountOutcome[],
  endpoint: Endpoint,
  request: RenderingRequest,
  world: World,
): Promise<Verification> {
  const theirs = new Map(
    (await renderByReconcile(endpoint, request, world)).map((outcome) => [outcome.account.name, outcome]),
  );
  return new Map(
    outcomes.flatMap((ours) => {
      const other = theirs.get(ours.account.name);
      if (ours.kind !== 'rendered') return [];
      if (other?.kind !== 'rendered') throw notRendered(ours.account.name);
      return [[ours.account.name, compareConfigs(ours.config.document, other.config.document)] as const];
    }),
  );
}

function notRendered(account: string): FailedError {
  return new FailedError('ReconcileOutput', `qontract-reconcile rendered no config for account ${account}`);
}
