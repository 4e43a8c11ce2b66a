import { isJsonObject, type Json, type JsonObject } from '../../json.js';
import { changeOf, diagnosticOf, hookOf, timeOf, type Hook } from './events.js';
import type { Diagnostic, Plan, PlanStates, ResourceChange } from './plan.js';
import { RefreshLog } from './refresh-log.js';

/** Told of what happens while it happens, for progress. */
export interface PlanObserver {
  version?(version: string): void;
  refreshStarted?(address: string, type: string): void;
  refreshCompleted?(address: string, durationMs: number): void;
  /** A planned change; what was changed outside is not told. */
  change?(change: ResourceChange): void;
  diagnostic?(diagnostic: Diagnostic): void;
}

/** Lines from which nothing was learnt. */
export interface IgnoredLines {
  /** No JSON object. */
  readonly otherText: number;
  /** Events of a type, or with a content, that is not known here. */
  readonly unknownEvents: number;
  readonly tooLong: number;
}

/** An event says one thing about one resource. Terraform's longest, diagnostics, are a few kilobytes. */
const MAX_LINE = 1_048_576;

/** Events that are known to hold nothing that a plan has. */
const PASSED_OVER = new Set([
  'log',
  'outputs',
  'change_summary',
  'init_output',
  'apply_progress',
  'apply_errored',
]);

/**
 * Makes a plan of the events that `plan -json` prints. Holds what the plan holds and nothing more; costs the same for every
 * event.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export class PlanCollector {
  readonly #observer: PlanObserver;
  readonly #refreshes = new RefreshLog();
  readonly #drift: ResourceChange[] = [];
  readonly #changes: ResourceChange[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #ignored = { otherText: 0, unknownEvents: 0, tooLong: 0 };
  #version: string | undefined;

  constructor(observer: PlanObserver = {}) {
    this.#observer = observer;
  }

  /** What was passed over until now. */
  get ignored(): IgnoredLines {
    return { ...this.#ignored };
  }

  /** Takes one line of the output, without its line break. */
  line(text: string): void {
    if (text.length > MAX_LINE) {
      this.#ignored.tooLong += 1;
      return;
    }
    const event = parseEvent(text);
    if (event === undefined) this.#ignored.otherText += text.trim() === '' ? 0 : 1;
    else if (!this.#take(event)) this.#ignored.unknownEvents += 1;
  }

  /** What was read until now, as a plan. */
  result(outcome: Plan['outcome'], states: PlanStates | undefined): Plan {
    return {
      version: this.#version,
      outcome,
      refreshes: this.#refreshes.all(),
      drift: this.#drift,
      changes: this.#changes,
      diagnostics: this.#diagnostics,
      states,
    };
  }

  /** @returns whether it was understood */
  #take(event: JsonObject): boolean {
    const { type } = event;
    switch (type) {
      case 'refresh_start':
      case 'apply_start':
        return this.#begin(hookOf(event), event);
      case 'refresh_complete':
      case 'apply_complete':
        return this.#complete(hookOf(event), event);
      case 'planned_change':
        return this.#change(changeOf(event));
      case 'resource_drift':
        return keep(changeOf(event), this.#drift);
      case 'diagnostic':
        return this.#diagnostic(diagnosticOf(event));
      case 'version':
        return this.#setVersion(event['terraform'] ?? event['tofu']);
      default:
        return typeof type === 'string' && PASSED_OVER.has(type);
    }
  }

  #begin(hook: Hook | undefined, event: JsonObject): boolean {
    if (hook === undefined) return false;
    if (!isReading(hook)) return true;
    this.#refreshes.begin({ ...hook, at: timeOf(event) });
    this.#observer.refreshStarted?.(hook.address, hook.type);
    return true;
  }

  #complete(hook: Hook | undefined, event: JsonObject): boolean {
    if (hook === undefined) return false;
    if (!isReading(hook)) return true;
    const durationMs = this.#refreshes.complete({ ...hook, at: timeOf(event) }, hook.elapsedMs);
    this.#observer.refreshCompleted?.(hook.address, durationMs);
    return true;
  }

  #change(change: ResourceChange | undefined): boolean {
    if (change !== undefined) this.#observer.change?.(change);
    return keep(change, this.#changes);
  }

  #diagnostic(diagnostic: Diagnostic | undefined): boolean {
    if (diagnostic !== undefined) this.#observer.diagnostic?.(diagnostic);
    return keep(diagnostic, this.#diagnostics);
  }

  #setVersion(version: Json | undefined): boolean {
    if (typeof version !== 'string') return false;
    this.#version = version;
    this.#observer.version?.(version);
    return true;
  }
}

/** Data sources are read by `apply_*` events with the action `read`; other `apply_*` events change something. */
function isReading({ action }: Hook): boolean {
  return action === undefined || action === 'read';
}

function keep<Item>(item: Item | undefined, list: Item[]): boolean {
  if (item !== undefined) list.push(item);
  return item !== undefined;
}

function parseEvent(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const event = JSON.parse(text) as Json;
    return isJsonObject(event) ? event : undefined;
  } catch {
    return undefined;
  }
}
