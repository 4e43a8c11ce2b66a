import { StateChangedError } from '../../errors.js';

/** The state is not the base any more. @param label of the store */
export function stateChanged(label: string): StateChangedError {
  return new StateChangedError(
    'StateChanged',
    `${label} is not what it was any more: somebody else has written it; nothing was written`,
    { hint: 'prepare the request again from the state as it is now' },
  );
}
