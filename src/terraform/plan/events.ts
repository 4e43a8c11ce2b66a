import { isJsonObject, type Json, type JsonObject } from '../../json.js';
import { PLAN_ACTIONS, type Diagnostic, type PlanAction, type ResourceChange } from './plan.js';

/** A resource, as events name it. */
export interface EventResource {
  readonly address: string;
  readonly type: string;
}

/** What a refresh or apply event is about. */
export interface Hook extends EventResource {
  readonly id: string | undefined;
  /** Of `apply_*` events: `read` for data sources. */
  readonly action: string | undefined;
  readonly elapsedMs: number | undefined;
}

/** A diagnostic's detail is cut here; what a person reads is shorter by far. */
const MAX_DETAIL = 16_384;

const ACTIONS: ReadonlySet<Json | undefined> = new Set(PLAN_ACTIONS);

/** Milliseconds since the epoch, of an event's `@timestamp`. */
export function timeOf(event: JsonObject): number | undefined {
  const stamp = event['@timestamp'];
  const time = typeof stamp === 'string' ? Date.parse(stamp) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The `hook` of an event; undefined where it is none that we know. */
export function hookOf({ hook }: JsonObject): Hook | undefined {
  if (!isJsonObject(hook)) return undefined;
  const resource = resourceOf(hook['resource']);
  if (resource === undefined) return undefined;
  const seconds = hook['elapsed_seconds'];
  return {
    ...resource,
    id: textOf(hook['id_value']),
    action: textOf(hook['action']),
    elapsedMs: typeof seconds === 'number' ? seconds * 1000 : undefined,
  };
}

/** The `change` of a `planned_change` or `resource_drift` event; undefined where it is none that we know. */
export function changeOf({ change }: JsonObject): ResourceChange | undefined {
  if (!isJsonObject(change)) return undefined;
  const resource = resourceOf(change['resource']);
  const action = change['action'];
  if (resource === undefined || !isAction(action)) return undefined;
  return {
    ...resource,
    action,
    reason: textOf(change['reason']),
    previousAddress: resourceOf(change['previous_resource'])?.address,
  };
}

/** The `diagnostic` of an event; undefined where it is none that we know. */
export function diagnosticOf({ diagnostic }: JsonObject): Diagnostic | undefined {
  if (!isJsonObject(diagnostic)) return undefined;
  const { severity, summary } = diagnostic;
  if ((severity !== 'error' && severity !== 'warning') || typeof summary !== 'string') return undefined;
  const detail = textOf(diagnostic['detail']) ?? '';
  return {
    severity,
    summary,
    detail: detail.length > MAX_DETAIL ? `${detail.slice(0, MAX_DETAIL)}…` : detail,
    address: textOf(diagnostic['address']),
    place: placeOf(diagnostic['range']),
  };
}

/** Whether a text is one of the actions that a plan has. */
export function isAction(action: Json | undefined): action is PlanAction {
  return ACTIONS.has(action);
}

function resourceOf(resource: Json | undefined): EventResource | undefined {
  if (!isJsonObject(resource)) return undefined;
  const { addr, resource_type: type } = resource;
  return typeof addr === 'string' && typeof type === 'string' ? { address: addr, type } : undefined;
}

function placeOf(range: Json | undefined): string | undefined {
  if (!isJsonObject(range)) return undefined;
  const { filename, start } = range;
  if (typeof filename !== 'string' || filename === '') return undefined;
  const line = isJsonObject(start) ? start['line'] : undefined;
  return typeof line === 'number' ? `${filename}:${line}` : filename;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
