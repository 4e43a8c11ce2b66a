import { BlockList, isIP, isIPv4 } from 'node:net';

import { FailedError } from '../../../errors.js';

/** Tells whether an address lies in the network. @throws FailedError naming what is no network, or no address */
export function networkOf(cidr: string): (address: string) => boolean {
  const [base = '', prefix, ...rest] = cidr.split('/');
  const version = isIP(base);
  const length = prefix === undefined ? addressLength(version) : Number(prefix);
  if (version === 0 || rest.length > 0 || !isPrefix(prefix, length, version) || hasHostBits(base, length)) {
    throw new FailedError('ValueInvalid', `vpc.cidr_block ${cidr} is no network`);
  }
  const network = new BlockList();
  network.addSubnet(base, length, family(version));
  return (address) => {
    const itsVersion = isIP(address);
    if (itsVersion === 0) throw new FailedError('ValueInvalid', `${address} is no IP address`);
    return itsVersion === version && network.check(address, family(version));
  };
}

function family(version: number): 'ipv4' | 'ipv6' {
  return version === 4 ? 'ipv4' : 'ipv6';
}

function addressLength(version: number): number {
  return version === 4 ? 32 : 128;
}

function isPrefix(text: string | undefined, length: number, version: number): boolean {
  return (text === undefined || /^\d{1,3}$/.test(text)) && length <= addressLength(version);
}

/** Only of IPv4, which is what a VPC's `cidr_block` is. */
function hasHostBits(base: string, length: number): boolean {
  if (!isIPv4(base)) return false;
  const bits = base.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return bits % 2 ** (32 - length) !== 0;
}
