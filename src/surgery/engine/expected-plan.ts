import type { ExpectedAction } from '../../diagnosis/finding.js';
import { formatModule } from '../../terraform/address/address.js';
import { counterpart } from '../../terraform/address/counterpart.js';
import { parseAddress } from '../../terraform/address/parse.js';
import type { StateDocument } from '../document/state-document.js';
import type { PostState } from './compute-post.js';

/** Whether the configuration wants an instance; undefined: it does not tell before terraform runs. */
export type IsConfigured = (address: string) => boolean | undefined;

/** What the next plan will do because of changes to the state, as far as it follows from what the configuration wants. */
export function expectedPlan(
  { changes, document }: Pick<PostState, 'changes' | 'document'>,
  isConfigured: IsConfigured,
): ExpectedAction[] {
  const foretelling = new Foretelling(document, isConfigured);
  const actions = changes.flatMap((change) => {
    if ('deposed' in change) return [];
    switch (change.kind) {
      case 'removed':
        return foretelling.gone(change.address);
      case 'added':
        return foretelling.come(change.address);
      case 'moved':
        return [...foretelling.gone(change.from), ...foretelling.come(change.to)];
      case 'changed':
      case 'document':
        return [];
    }
  });
  return [...new Map(actions.map((action) => [action.address, action])).values()];
}

class Foretelling {
  readonly #document: StateDocument;
  readonly #isConfigured: IsConfigured;

  constructor(document: StateDocument, isConfigured: IsConfigured) {
    this.#document = document;
    this.#isConfigured = isConfigured;
  }

  gone(address: string): ExpectedAction[] {
    const home = this.#homeOf(address);
    const isWanted = this.#isConfigured(home);
    if (isWanted === false) return [];
    if (isData(home)) return [{ address: home, action: 'read', ...unsure(isWanted) }];
    const other = counterpart(home);
    const isReplaced = other !== undefined && this.#isConfigured(other) === false && this.#isInState(other);
    return [{ address: home, action: isReplaced ? 'move' : 'create', ...unsure(isWanted) }];
  }

  come(address: string): ExpectedAction[] {
    if (isData(address)) return [];
    const home = this.#homeOf(address);
    const isWanted = this.#isConfigured(home);
    if (home !== address) return [{ address: home, action: 'move', ...unsure(isWanted) }];
    return isWanted === true ? [] : [{ address, action: 'delete', ...unsure(isWanted) }];
  }

  /** Where the configuration has what is at an address. */
  #homeOf(address: string): string {
    if (this.#isConfigured(address) !== false) return address;
    const other = counterpart(address);
    const isFree = other !== undefined && this.#isConfigured(other) !== false && !this.#isInState(other);
    return isFree ? other : address;
  }

  #isInState(address: string): boolean {
    const { module, mode, type, name, key } = parseAddress(address);
    const row = this.#document.find({ module: formatModule(module), mode, type, name });
    if (row === undefined) return false;
    return this.#document
      .instancesOf(row)
      .some((object) => this.#document.keyOf(object) === key && !this.#document.isDeposed(object));
  }
}

function unsure(isWanted: boolean | undefined): Pick<ExpectedAction, 'orNothing'> {
  return isWanted === undefined ? { orNothing: true } : {};
}

function isData(address: string): boolean {
  return parseAddress(address).mode === 'data';
}
