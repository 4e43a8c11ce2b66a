import type { SignedMatter } from '../statement.js';
import type { StsEndpoint } from './endpoint.js';

/** What STS is asked. It does nothing, and nobody can be denied it. */
export const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';

/** Ties the call to what its signer says. */
export const OPERATION_HEADER = 'x-tfrepair-operation';

const TOKEN_HEADER = 'x-amz-security-token';

/** The headers of the call that are signed, but for the one of temporary credentials. */
export function ownHeaders({ host }: StsEndpoint, { header }: SignedMatter): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host,
    [OPERATION_HEADER]: header,
  };
}

/** The names of the headers that are signed: exactly these, in this order. */
export function signedHeaderNames(isTemporary: boolean): string[] {
  return ['content-type', 'host', 'x-amz-date', ...(isTemporary ? [TOKEN_HEADER] : []), OPERATION_HEADER];
}

/** The header of temporary credentials. */
export function tokenHeader(sessionToken: string | undefined): Record<string, string> {
  return sessionToken === undefined ? {} : { [TOKEN_HEADER]: sessionToken };
}
