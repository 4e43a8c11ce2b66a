import type { Json, JsonObject } from '../../../json.js';
import type { RenderContext } from '../../model/provider.js';
import { take } from '../../model/values.js';

export interface Login {
  /** The password as it stands in the config; empty when the instance has it from elsewhere. */
  readonly password: string;
  /** Value of `reset_password`; null when not set. */
  readonly reset: Json;
}

/**
 * The password of the instance's master user: the one in the state, until `reset_password` differs from what the state
 * says; else a new one.
 */
export function takeLogin(values: JsonObject, context: RenderContext): Login {
  const reset = take(values, 'reset_password') ?? null;
  const ofReplica = 'replicate_source_db' in values || (values['replica_source'] ?? null) !== null;
  return { reset, password: ofReplica ? '' : password(reset, context) };
}

function password(reset: Json, context: RenderContext): string {
  const lastReset = context.existing('reset_password');
  const same =
    reset === null
      ? lastReset === undefined
      : lastReset === (typeof reset === 'string' ? reset : JSON.stringify(reset));
  const kept = same ? context.existing('db.password') : undefined;
  const why = same ? undefined : 'reset_password is not what the state has';
  const secret = kept === undefined || kept === '' ? context.randomPassword('db_password', why) : kept;
  return context.sensitive('db_password', secret);
}
