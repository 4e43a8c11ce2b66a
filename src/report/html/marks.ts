import type { ResourceStatus } from '../../diagnosis/diagnosis.js';
import type { Severity } from '../../diagnosis/finding.js';
import { markup, type Html } from './markup.js';

/** Each severity has a shape of its own, so that nothing is said by colour alone. In a box of 16 by 16. */
const SHAPES: Readonly<Record<Severity | 'failed', Html>> = {
  blocker: markup`<path d="M1.5 1.5h13v13h-13z" />`,
  failed: markup`<path d="M1.5 1.5h13v13h-13z" />`,
  danger: markup`<path d="M8 1.5 15.5 14.5H.5z" />`,
  warning: markup`<path d="M8 .8 15.2 8 8 15.2.8 8z" />`,
  notice: markup`<path d="M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8" />`,
};

const STATUS_SEVERITY: Readonly<Record<ResourceStatus, Severity | undefined>> = {
  missing: 'danger',
  failed: 'blocker',
  drifted: 'warning',
  'not read': 'notice',
  refreshed: undefined,
};

/** The shape of a severity, to be put beside its word. */
export function mark(severity: Severity | 'failed'): Html {
  return markup`<svg class="mark ${severity}" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[severity]}</svg>`;
}

/** The shape at a place in another picture. @param x of its left, in CSS pixels; @param y of its top */
export function markAt(severity: Severity, x: number, y: number): Html {
  return markup`<g class="${severity}" transform="translate(${x} ${y})">${SHAPES[severity]}</g>`;
}

/** A severity as shape and word. */
export function severityBadge(severity: Severity | 'failed'): Html {
  return markup`<span class="badge ${severity}">${mark(severity)}${severity}</span>`;
}

/** A resource's status as shape and word. */
export function statusBadge(status: ResourceStatus): Html {
  const severity = STATUS_SEVERITY[status];
  if (severity === undefined) return markup`<span class="status">${status}</span>`;
  return markup`<span class="status ${severity}">${mark(severity)}${status}</span>`;
}
