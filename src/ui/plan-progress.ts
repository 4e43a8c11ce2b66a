import type { StoredState } from '../accounts/stored-state.js';
import { duration } from '../diagnosis/tally.js';
import type { PlanningObserver, PlanningStep } from '../planning/planned-account.js';
import type { World } from '../world.js';
import { DEFAULT_WIDTH } from './columns.js';
import type { ProgressStream } from './fleet-progress.js';
import { printable } from './printable.js';

/** Where progress is shown, and when. */
export interface ProgressTerminal {
  readonly write: (text: string) => void;
  /** With a terminal one line is drawn over and over; without one there is a new line now and then. */
  readonly isTTY: boolean;
  /** Characters in a line. */
  readonly columns: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const REDRAW_MS = 150;
const LINE_EVERY_MS = 15_000;

/** What each step is called. */
export const STEPS: Readonly<Record<PlanningStep, string>> = {
  render: 'rendering the config',
  init: 'terraform init',
  plan: 'terraform plan',
};

/** Starts showing on stderr how far the plan of an account is, and that an interruption was understood. */
export function startPlanProgress(
  account: string,
  stderr: ProgressStream,
  { now, signal }: Pick<World, 'now' | 'signal'>,
): PlanProgress {
  const progress = new PlanProgress(account, {
    write: (text) => {
      if (text !== '') stderr.write(text);
    },
    isTTY: stderr.isTTY === true,
    columns: stderr.isTTY === true ? (stderr.columns ?? DEFAULT_WIDTH) : DEFAULT_WIDTH,
    now,
  });
  signal.addEventListener('abort', () => {
    progress.note('stopping; Ctrl-C again ends everything at once');
  });
  return progress;
}

/** Shows how far a plan is: resources refreshed of those in the state, how fast, and which takes longest. */
export class PlanProgress implements PlanningObserver {
  readonly #account: string;
  readonly #terminal: ProgressTerminal;
  /** Begun and not completed, the oldest first: since when. */
  readonly #running = new Map<string, number>();
  #text: string = STEPS.render;
  #total = 0;
  #done = 0;
  #begun: number | undefined;
  #shownAt: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(account: string, terminal: ProgressTerminal) {
    this.#account = printable(account);
    this.#terminal = terminal;
    this.#shownAt = terminal.now();
    // The slowest resource says nothing itself while it takes its time.
    this.#timer = setInterval(() => {
      this.#show();
    }, 1000).unref();
  }

  step(step: PlanningStep): void {
    this.#text = STEPS[step];
    this.#begun = undefined;
    this.#show();
  }

  /** A line that stays. */
  note(text: string): void {
    this.#terminal.write(`${this.#clear()}${printable(text)}\n`);
  }

  stored(stored: StoredState): void {
    this.#total = stored.kind === 'read' ? stored.state.instances.length : 0;
  }

  refreshStarted(address: string): void {
    this.#begun ??= this.#terminal.now();
    this.#running.set(address, this.#terminal.now());
    this.#show();
  }

  refreshCompleted(address: string): void {
    this.#running.delete(address);
    this.#done += 1;
    this.#show();
  }

  /** Clears the line, so that a result can be shown. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#terminal.write(this.#clear());
  }

  #clear(): string {
    return this.#terminal.isTTY ? '\r\u001B[2K' : '';
  }

  #show(): void {
    const now = this.#terminal.now();
    if (this.#timer === undefined || now - this.#shownAt < this.#interval()) return;
    this.#shownAt = now;
    const line = `${this.#account}: ${this.#describe(now)}`;
    const shown = this.#terminal.isTTY ? line.slice(0, this.#terminal.columns - 1) : `${line}\n`;
    this.#terminal.write(this.#clear() + shown);
  }

  #interval(): number {
    return this.#terminal.isTTY ? REDRAW_MS : LINE_EVERY_MS;
  }

  #describe(now: number): string {
    if (this.#begun === undefined) return this.#text;
    const total = Math.max(this.#total, this.#done + this.#running.size);
    const rate = this.#done / Math.max((now - this.#begun) / 1000, 1);
    const [slowest] = this.#running;
    const waiting =
      slowest === undefined ? '' : `; ${printable(slowest[0])} since ${duration(now - slowest[1])}`;
    return `refreshed ${this.#done} of ${total}, ${rate.toFixed(rate < 10 ? 1 : 0)}/s${waiting}`;
  }
}
