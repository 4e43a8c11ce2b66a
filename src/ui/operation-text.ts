import type { Operation } from '../surgery/operations/operation.js';
import { visibleAddress } from './visible-address.js';

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
      return `import ${visibleAddress(operation.address)} as ${visibleAddress(operation.id)}`;
    case 'replace-provider':
      return `replace-provider ${visibleAddress(operation.from)} by ${visibleAddress(operation.to)}`;
    case 'restore':
      return `restore the content of serial ${operation.serial}`;
  }
}

function addresses(all: readonly string[]): string {
  if (all.length > MAX_ADDRESSES) return `${all.length} addresses`;
  return all.map((address) => address.split(' → ').map(visibleAddress).join(' → ')).join(' ');
}
