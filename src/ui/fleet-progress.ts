import type { ChalkInstance } from 'chalk';

import type { RootDiagnosis } from '../diagnosis/diagnosis.js';
import { count, severityCounts, verdictOf } from '../diagnosis/tally.js';
import type { FleetEvent } from '../fleet/run-fleet.js';
import { printable } from './printable.js';
import { paintSeverity } from './severity.js';

/** Where progress is shown: stderr, or a stand-in. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface FleetProgressOptions {
  readonly stream: ProgressStream;
  readonly colour: ChalkInstance;
  /** How many accounts there are. */
  readonly total: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** More lines of running accounts than this would push everything else off a small screen. */
const MAX_LINES = 12;

/** Milliseconds between two paintings: more often is only flicker. */
const PAUSE = 80;

/** Moves to the first column `lines` lines further up, and clears the screen from there. */
const erase = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}F\u001b[0J`);

/**
 * How the diagnosis of many accounts goes on. On a terminal: a line for each account that is under way and one that
 * counts, painted over and over; what has ended badly stays above them. Elsewhere: a line for each account that ends.
 */
export class FleetProgress {
  readonly #options: FleetProgressOptions;
  readonly #running = new Map<string, string>();
  #ended = 0;
  #withFindings = 0;
  #failed = 0;
  #painted = 0;
  #paintedAt = -Infinity;

  constructor(options: FleetProgressOptions) {
    this.#options = options;
  }

  /** Takes what `runFleet` tells. */
  readonly onProgress = (event: FleetEvent): void => {
    if (event.kind === 'begun') {
      this.#running.set(event.name, 'begun');
      this.#paint();
    } else {
      this.#running.delete(event.name);
      this.#end(event.root);
    }
  };

  /** What an account is about just now, e.g. `plan: 120 of 312 read`. */
  step(name: string, text: string): void {
    if (!this.#running.has(name)) return;
    this.#running.set(name, text);
    if (this.#options.now() - this.#paintedAt >= PAUSE) this.#paint();
  }

  /** A line that stays above the live ones. */
  note(text: string): void {
    const { stream } = this.#options;
    if (stream.isTTY === true) this.#paint(`${printable(text)}\n`);
    else stream.write(`${printable(text)}\n`);
  }

  /** Takes the live lines away; the result comes next. */
  close(): void {
    this.#options.stream.write(erase(this.#painted));
    this.#painted = 0;
  }

  #end(root: RootDiagnosis): void {
    const verdict = verdictOf(root);
    this.#ended += 1;
    if (verdict === 'findings') this.#withFindings += 1;
    if (verdict === 'failed') this.#failed += 1;
    if (this.#options.stream.isTTY !== true) {
      this.#options.stream.write(`[${this.#ended}/${this.#options.total}] ${this.#endLine(root)}\n`);
    } else {
      this.#paint(verdict === 'fine' ? '' : `${this.#endLine(root)}\n`);
    }
  }

  #endLine(root: RootDiagnosis): string {
    const { name, failure, findings } = root;
    const { colour } = this.#options;
    const said =
      failure === undefined
        ? severityCounts(findings) || 'fine'
        : `${paintSeverity('failed', 'failed', colour)}: ${printable(failure.message)}`;
    return `${colour.bold(printable(name))}: ${said}`;
  }

  /** @param above what to leave above the live lines, with its line break */
  #paint(above = ''): void {
    const { stream, now } = this.#options;
    if (stream.isTTY !== true) return;
    const lines = [...this.#runningLines(), this.#summary()];
    stream.write(`${erase(this.#painted)}${above}${lines.map((line) => `${line}\n`).join('')}`);
    this.#painted = lines.length;
    this.#paintedAt = now();
  }

  #runningLines(): string[] {
    const { colour } = this.#options;
    const lines = [...this.#running].slice(0, MAX_LINES).map(([name, text]) => {
      const shown = this.#cut(`  ${printable(name)}  ${printable(text)}`);
      return colour.dim(shown);
    });
    const hidden = this.#running.size - lines.length;
    return hidden > 0 ? [...lines, colour.dim(`  and ${hidden} more`)] : lines;
  }

  #summary(): string {
    const { total } = this.#options;
    const bad = [
      this.#withFindings > 0 ? `${this.#withFindings} with findings` : '',
      this.#failed > 0 ? `${this.#failed} failed` : '',
    ].filter((text) => text !== '');
    const result = bad.length === 0 ? '' : `: ${bad.join(', ')}`;
    return this.#cut(`${this.#ended} of ${count(total, 'account')} diagnosed${result}`);
  }

  /** A live line must not wrap: the terminal would count it as two. */
  #cut(text: string): string {
    const width = Math.max(20, (this.#options.stream.columns ?? 80) - 1);
    const line = text.replaceAll(/[\n\t]/g, ' ');
    return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
  }
}
