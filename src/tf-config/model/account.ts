import type { Json } from '../../json.js';

/** What rendering needs to know of an AWS account (app-interface-aws §1). */
export interface RenderAccount {
  readonly name: string;
  /** The 12-digit account id. */
  readonly uid: string;
  readonly partition: string;
  readonly resourcesDefaultRegion: string;
  /** Null: not a multi-region account, its resources name no provider. */
  readonly supportedDeploymentRegions: readonly string[] | null;
  /** Exact version of hashicorp/aws. */
  readonly providerVersion: string;
  readonly terraformUsername: string | null;
}

/** The region that a spec asks for, else the account's. Truthy is what counts: an empty `region` asks for none. */
export function regionOf(account: RenderAccount, wanted: Json | undefined): string {
  return typeof wanted === 'string' && wanted !== '' ? wanted : account.resourcesDefaultRegion;
}

/** The provider a resource in `region` names: an alias in a multi-region account, none elsewhere. */
export function providerFor(account: RenderAccount, region: string): { provider?: string } {
  return account.supportedDeploymentRegions === null ? {} : { provider: `aws.${region}` };
}

/** ARN of a policy that AWS manages. */
export function managedPolicyArn(account: RenderAccount, policy: string): string {
  return `arn:${account.partition}:iam::aws:policy/${policy}`;
}

/** Provider major version 3 still has the old names of several attributes. */
export function usesProviderV3(account: RenderAccount): boolean {
  return account.providerVersion.startsWith('3');
}
