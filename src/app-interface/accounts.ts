import * as v from 'valibot';

import type { GraphqlClient } from './graphql-client.js';

export const VaultSecret = v.object({
  path: v.string(),
  field: v.string(),
  version: v.nullish(v.number()),
  format: v.nullish(v.string()),
});

const TerraformState = v.object({
  provider: v.string(),
  bucket: v.string(),
  region: v.string(),
  integrations: v.array(v.object({ integration: v.string(), key: v.string() })),
});

/** An AWS account as app-interface describes it (app-interface-aws §1). */
export const AwsAccount = v.object({
  path: v.string(),
  name: v.string(),
  uid: v.string(),
  partition: v.nullish(v.string()),
  terraformUsername: v.nullish(v.string()),
  resourcesDefaultRegion: v.string(),
  supportedDeploymentRegions: v.nullish(v.array(v.string())),
  providerVersion: v.string(),
  automationToken: VaultSecret,
  terraformState: v.nullish(TerraformState),
  accountOwners: v.array(v.object({ name: v.string(), email: v.string() })),
  disable: v.nullish(v.object({ integrations: v.nullish(v.array(v.string())) })),
});

export type AwsAccount = v.InferOutput<typeof AwsAccount>;
export type VaultSecret = v.InferOutput<typeof VaultSecret>;

export const ACCOUNT_FIELDS = `
  path name uid partition terraformUsername resourcesDefaultRegion supportedDeploymentRegions providerVersion
  automationToken { path field version format }
  terraformState { provider bucket region integrations { integration key } }
  accountOwners { name email }
  disable { integrations }`;

/** All accounts, in the server's order. @throws FailedError when the server cannot be asked */
export async function fetchAccounts(client: GraphqlClient): Promise<AwsAccount[]> {
  const answer = await client.query(
    `query Accounts { accounts: awsaccounts_v1 { ${ACCOUNT_FIELDS} } }`,
    {},
    v.object({ accounts: v.nullish(v.array(AwsAccount)) }),
  );
  return answer.accounts ?? [];
}

/** Whether an integration may run on the account; app-interface names integrations with hyphens. */
export function isIntegrationEnabled(account: AwsAccount, integration: string): boolean {
  return account.disable?.integrations?.includes(integration) !== true;
}
