import { PlanCollector } from '../plan/collector.js';
import type { Diagnostic, Plan, ResourceChange } from '../plan/plan.js';
import { RefreshLog } from '../plan/refresh-log.js';
import { amended, changeLine } from './change-line.js';
import { DiagnosticBlocks } from './diagnostic-block.js';
import { plainText } from './plain-text.js';
import { LinePrefix } from './prefix.js';
import { resourceLine, type ResourceLine } from './resource-line.js';

/** Readings and changes that are kept: no account has as many, and a log of any length fits in memory. */
const MAX_KEPT = 200_000;
/** A diagnostic can have kilobytes. */
const MAX_DIAGNOSTICS = 5000;

const VERSION = /^(?:Terraform|OpenTofu) v(\d+\.\d+\.\d+\S*)$/;
const SUMMARY = /^(?:Plan: \d|No changes\.|Apply complete!|Planning failed\.)/;
/** How qontract-reconcile labels the lines of each account's terraform. */
const LABEL = /\[([\w.-]+) - (?:init|plan|apply|output|destroy)\] /;

/** What a log held beside the plan. */
export interface LogFacts {
  /** The accounts whose names stand in front of lines. */
  readonly accounts: readonly string[];
  /** Whether the plan was seen to end. */
  readonly hasEnd: boolean;
  /** Whether there was more than is kept. */
  readonly isTooMuch: boolean;
}

/**
 * Makes a plan of the lines that Terraform (0.13 to 1.14) or OpenTofu prints for people, or of the events that it prints with
 * `-json`, with anything in front of them. Whatever else stands in the log is passed over.
 */
export class LogReader {
  readonly #account: string | undefined;
  readonly #events = new PlanCollector();
  readonly #prefix = new LinePrefix();
  readonly #refreshes = new RefreshLog();
  readonly #seen = new Set<string>();
  readonly #changes: ResourceChange[] = [];
  readonly #drift: ResourceChange[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #blocks = new DiagnosticBlocks((diagnostic) => {
    if (this.#diagnostics.length < MAX_DIAGNOSTICS) this.#diagnostics.push(diagnostic);
    else this.#isTooMuch = true;
  });
  readonly #accounts = new Set<string>();
  #version: string | undefined;
  #hasEnd = false;
  #isTooMuch = false;
  /** The list whose last change the next lines may say more of. */
  #last: ResourceChange[] | undefined;

  /** @param account of labelled lines, only those with this label are read */
  constructor(account?: string) {
    this.#account = account;
  }

  line(raw: string): void {
    const event = raw.indexOf('{"@level":');
    if (event === -1) this.#text(plainText(raw));
    else this.#event(raw.slice(event));
  }

  get facts(): LogFacts {
    return { accounts: [...this.#accounts], hasEnd: this.#hasEnd, isTooMuch: this.#isTooMuch };
  }

  /** What was read until now, as a plan. It failed where there is an error. */
  result(): Plan {
    this.#blocks.end();
    const events = this.#events.result('planned', undefined);
    const diagnostics = [...events.diagnostics, ...this.#diagnostics];
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const failed = new Set(this.#diagnostics.map(({ severity, address }) => severity === 'error' && address));
    // A log for people does not tell that a resource was read: it was, unless there is an error about it.
    const refreshes = this.#refreshes
      .all()
      .map((refresh) => (failed.has(refresh.address) ? { ...refresh, durationMs: undefined } : refresh));
    return {
      version: events.version ?? this.#version,
      outcome: errors.length > 0 ? 'failed' : 'planned',
      refreshes: [...events.refreshes, ...refreshes],
      drift: [...events.drift, ...this.#drift],
      changes: [...events.changes, ...this.#changes],
      diagnostics,
      states: undefined,
    };
  }

  #event(text: string): void {
    this.#events.line(text);
    this.#hasEnd ||= text.includes('"type":"change_summary"');
  }

  #text(line: string): void {
    const label = this.#labelOf(line);
    if (label !== undefined && this.#account !== undefined && label !== this.#account) return;
    if (this.#blocks.framed(line) || this.#resource(line) || this.#change(line)) return;
    const text = this.#prefix.strip(line);
    if (this.#blocks.unframed(text, label)) return;
    this.#version = VERSION.exec(text)?.[1] ?? this.#version;
    this.#hasEnd ||= SUMMARY.test(text);
  }

  #labelOf(line: string): string | undefined {
    const label = line.includes(' - ') ? LABEL.exec(line)?.[1] : undefined;
    if (label !== undefined) this.#accounts.add(label);
    return label;
  }

  #resource(line: string): boolean {
    const found = line.includes('Re') ? resourceLine(line) : undefined;
    if (found === undefined) return false;
    this.#prefix.learn(line.slice(0, found.start));
    this.#blocks.end();
    this.#refresh(found);
    return true;
  }

  #refresh({ what, elapsedMs, ...found }: ResourceLine): void {
    const { address, type, id } = found;
    if (this.#isKnown(`${what} ${address} ${what === 'read' ? '' : (id ?? '')}`)) return;
    const step = { address: detached(address), type: detached(type), id: id && detached(id), at: undefined };
    if (what !== 'read') this.#refreshes.begin(step);
    if (what !== 'reading') this.#refreshes.complete(step, elapsedMs);
  }

  #change(line: string): boolean {
    if (!line.includes('# ')) {
      if (line.includes('resource "')) this.#last = undefined;
      return false;
    }
    const found = changeLine(line);
    if (found === undefined) return this.#amend(line);
    this.#blocks.end();
    const { change, isDrift, deposed = '' } = found;
    const list = isDrift ? this.#drift : this.#changes;
    this.#last = undefined;
    if (this.#isKnown(`${isDrift ? 'drift' : 'change'} ${change.address} ${deposed}`)) return true;
    list.push({ ...change, address: detached(change.address), type: detached(change.type) });
    this.#last = list;
    return true;
  }

  /** A log of plan and apply tells everything twice. What is too much counts as known. */
  #isKnown(key: string): boolean {
    if (this.#seen.has(key)) return true;
    if (this.#seen.size >= MAX_KEPT) {
      this.#isTooMuch = true;
      return true;
    }
    this.#seen.add(detached(key));
    return false;
  }

  #amend(line: string): boolean {
    const change = this.#last?.pop();
    if (change !== undefined) this.#last?.push(amended(change, line));
    return change !== undefined;
  }
}

/** The engine keeps the whole line in memory for the sake of a part of it; a copy does not. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
