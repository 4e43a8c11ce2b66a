import { unicodeEscape } from './address.js';

/**
 * An address with every character beyond ASCII as an escape: letters of two scripts can look the same, and then only this tells
 * two addresses apart. For people to look at; Terraform knows no escapes outside quotes.
 */
export function plainAddress(address: string): string {
  return address.replaceAll(/[^ -~]/gu, unicodeEscape);
}
