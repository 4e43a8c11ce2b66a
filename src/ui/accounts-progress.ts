import type { ChalkInstance } from 'chalk';

import type { AccountsObserver } from '../fleet/diagnose-accounts.js';
import type { FleetEvent } from '../fleet/run-fleet.js';
import type { PlanningObserver } from '../planning/planned-account.js';
import type { World } from '../world.js';
import { FleetProgress, type ProgressStream } from './fleet-progress.js';
import { startPlanProgress, STEPS, type PlanProgress } from './plan-progress.js';
import { printable } from './printable.js';

/** How the diagnosis of accounts goes on: of one in a line with all that is known, of many in one view. */
export class AccountsProgress implements AccountsObserver {
  #one: PlanProgress | undefined;
  #many: FleetProgress | undefined;

  constructor(
    private readonly stderr: ProgressStream,
    private readonly colour: ChalkInstance,
    private readonly world: World,
  ) {}

  begin(names: readonly string[]): void {
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) {
      this.#one = startPlanProgress(only, this.stderr, this.world);
    } else {
      const { stderr: stream, colour, world } = this;
      this.#many = new FleetProgress({ stream, colour, total: names.length, now: world.now });
    }
  }

  onProgress(event: FleetEvent): void {
    this.#many?.onProgress(event);
  }

  of(account: string): PlanningObserver {
    if (this.#one !== undefined) return this.#one;
    let done = 0;
    let total = 0;
    const say = (text: string): void => this.#many?.step(account, text);
    return {
      step: (step) => {
        say(STEPS[step]);
      },
      stored: (stored) => {
        total = stored.kind === 'read' ? stored.state.instances.length : 0;
      },
      refreshCompleted: () => {
        done += 1;
        say(`refreshed ${done} of ${Math.max(total, done)}`);
      },
    };
  }

  /** A line that stays. */
  note(text: string): void {
    if (this.#one !== undefined) this.#one.note(text);
    else if (this.#many === undefined) this.stderr.write(`${printable(text)}\n`);
    else this.#many.note(text);
  }

  /** Takes live lines away, so that the result can be shown. */
  stop(): void {
    this.#one?.stop();
    this.#many?.close();
  }
}
