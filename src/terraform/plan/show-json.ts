import { FailedError, messageOf } from '../../errors.js';
import type { Json, JsonObject } from '../../json.js';
import { listAt, objectOf, optionalTextAt, textAt, textItem, WrongShape } from '../shape.js';
import type { Plan, PlanAction, ResourceChange } from './plan.js';
import { shownStates } from './shown-states.js';

/** What the answer of `terraform show -json PLAN` says of a plan. */
export type ShownPlan = Required<Pick<Plan, 'version' | 'drift' | 'changes'>> & {
  readonly states: NonNullable<Plan['states']>;
};

/** The reasons of this format, in the words of the events of `plan -json`; the others are the same in both. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'tainted',
  replace_because_cannot_update: 'cannot_update',
  replace_by_request: 'requested',
  replace_by_triggers: 'replace_triggered_by',
};

const ACTIONS: Readonly<Record<string, PlanAction>> = {
  'no-op': 'noop',
  create: 'create',
  read: 'read',
  update: 'update',
  delete: 'delete',
  forget: 'forget',
  'delete,create': 'replace',
  'create,delete': 'replace',
};

/**
 * Reads the answer of `terraform show -json PLAN`: the way to the states of a plan whose file cannot be unpacked.
 *
 * @throws FailedError `PlanJsonInvalid`
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export function parseShownPlan(bytes: Uint8Array): ShownPlan {
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    const document = objectOf(JSON.parse(text) as Json);
    return {
      version: optionalTextAt(document, 'terraform_version'),
      drift: changesAt(document, 'resource_drift'),
      changes: changesAt(document, 'resource_changes'),
      states: shownStates(document),
    };
  } catch (error) {
    if (!(error instanceof WrongShape || error instanceof SyntaxError)) throw error;
    // A syntax error's message quotes the document, which may hold secrets.
    const why = error instanceof WrongShape ? messageOf(error) : 'it is no JSON';
    throw new FailedError('PlanJsonInvalid', `the answer of "show -json" cannot be read: ${why}`);
  }
}

/** Without those that change nothing: the events do not tell them either. */
function changesAt(document: JsonObject, key: string): ResourceChange[] {
  return listAt(document, key, (item) => changeOf(objectOf(item))).filter(({ action }) => action !== 'noop');
}

function changeOf(resource: JsonObject): ResourceChange {
  const change = objectOf(resource['change'], 'change');
  const previousAddress = optionalTextAt(resource, 'previous_address');
  const reason = optionalTextAt(resource, 'action_reason');
  return {
    address: textAt(resource, 'address'),
    type: textAt(resource, 'type'),
    action: actionOf(change, previousAddress !== undefined),
    reason: reason === undefined ? undefined : (REASONS[reason] ?? reason),
    previousAddress,
  };
}

function actionOf(change: JsonObject, hasMoved: boolean): PlanAction {
  const action = ACTIONS[listAt(change, 'actions', textItem).join(',')];
  if (action === undefined) throw new WrongShape('change.actions', 'an action that is known');
  if (action !== 'noop') return action;
  if (hasMoved) return 'move';
  return change['importing'] === undefined ? 'noop' : 'import';
}
