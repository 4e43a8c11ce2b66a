import { printable } from '../../printable.js';
import { unicodeEscape } from './address.js';

/**
 * An address with every character beyond ASCII as an escape: letters of two scripts can look the same, and then only this tells
 * two addresses apart. For people to look at; Terraform knows no escapes outside quotes.
 */
export function plainAddress(address: string): string {
  return address.replaceAll(/[^ -~]/gu, unicodeEscape);
}

/** A name that people have to type, for a terminal: where it may not be what it looks like, with its plain form. */
export function distinctName(name: string): string {
  const plain = plainAddress(name);
  return plain === name ? name : `${printable(name)} (${plain})`;
}
