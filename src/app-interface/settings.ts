import * as v from 'valibot';

import type { GraphqlClient } from './graphql-client.js';

const Exclusion = v.object({
  provider: v.string(),
  excludeAllProvisioners: v.nullish(v.boolean()),
  excludeProvisioners: v.nullish(v.array(v.object({ name: v.string() }))),
});

const Settings = v.object({
  vault: v.boolean(),
  terraformResourcesProviderExclusions: v.nullish(v.array(Exclusion)),
});

/** What app-interface's own settings say for rendering. */
export interface Settings {
  /** Whether secrets are in Vault; otherwise they are in the configuration file. */
  readonly vault: boolean;
  readonly providerExclusions: readonly ProviderExclusion[];
}

/** A provider that the reconcile loop no longer manages in some accounts: it moved to another system. */
export interface ProviderExclusion {
  readonly provider: string;
  readonly everywhere: boolean;
  readonly accounts: readonly string[];
}

/** The settings; without a settings file secrets are in the configuration file and nothing is excluded. */
export async function fetchSettings(client: GraphqlClient): Promise<Settings> {
  const answer = await client.query(
    `query Settings { settings: app_interface_settings_v1 {
      vault
      terraformResourcesProviderExclusions { provider excludeAllProvisioners excludeProvisioners { name } } } }`,
    {},
    v.object({ settings: v.nullish(v.array(Settings)) }),
  );
  const settings = answer.settings?.[0];
  return {
    vault: settings?.vault ?? false,
    providerExclusions: (settings?.terraformResourcesProviderExclusions ?? []).map((exclusion) => ({
      provider: exclusion.provider,
      everywhere: exclusion.excludeAllProvisioners ?? false,
      accounts: (exclusion.excludeProvisioners ?? []).map(({ name }) => name),
    })),
  };
}
