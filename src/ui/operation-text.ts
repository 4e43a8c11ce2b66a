import type { Operation } from '../surgery/operations/operation.js';
import { plainAddress } from '../terraform/address/plain-address.js';

/** More addresses than this are only counted. */
const MAX_ADDRESSES = 3;

/** What an operation is asked to do, for people. */
export function operationText(operation: Operation): string {
  switch (operation.op) {
    case 'rm':
      return `rm ${addresses(operation.addresses)}`;
    case 'mv':
      return `mv ${addresses(operation.moves.map(({ from, to }) => `${from} → ${to}`))}`;
    case 'import':
      return `import ${plainAddress(operation.address)} as ${plainAddress(operation.id)}`;
    case 'replace-provider':
      return `replace-provider ${plainAddress(operation.from)} by ${plainAddress(operation.to)}`;
    case 'restore':
      return `restore the content of serial ${operation.serial}`;
  }
}

function addresses(all: readonly string[]): string {
  if (all.length > MAX_ADDRESSES) return `${all.length} addresses`;
  return all.map((address) => address.split(' → ').map(plainAddress).join(' → ')).join(' ');
}
