import * as v from 'valibot';

import type { GraphqlClient } from '../app-interface/graphql-client.js';

const nullable = v.nullish;

const DesiredState = v.object({
  accounts: v.array(
    v.object({
      name: v.string(),
      uid: v.string(),
      resourcesDefaultRegion: v.string(),
      automationToken: v.object({ path: v.string() }),
      terraformState: nullable(
        v.object({
          bucket: v.string(),
          region: v.string(),
          integrations: v.array(v.object({ integration: v.string(), key: v.string() })),
        }),
      ),
    }),
  ),
  namespaces: v.array(
    v.object({
      externalResources: nullable(
        v.array(
          v.object({
            provisioner: v.object({ name: v.string() }),
            resources: v.optional(
              v.array(
                v.object({
                  provider: v.string(),
                  identifier: v.string(),
                  region: nullable(v.string()),
                  defaults: v.optional(v.string()),
                  image: v.optional(
                    v.array(
                      v.object({
                        tag_name: v.string(),
                        ref: v.optional(v.string()),
                        value: v.optional(v.string()),
                      }),
                    ),
                  ),
                }),
              ),
            ),
          }),
        ),
      ),
    }),
  ),
});

/** What an app-interface wants, as far as a sandbox has to prepare for it. */
export type DesiredState = v.InferOutput<typeof DesiredState>;

export type DesiredAccount = DesiredState['accounts'][number];

/** An auto scaling group: the API server must have its machine image and its network. */
export interface DesiredGroup {
  readonly account: string;
  readonly identifier: string;
  readonly region: string | undefined;
  /** The resource file with its network. */
  readonly defaults: string;
  readonly imageTags: ReadonlyMap<string, string>;
}

const QUERY = `query Sandbox {
  accounts: awsaccounts_v1 {
    name uid resourcesDefaultRegion
    automationToken { path }
    terraformState { bucket region integrations { integration key } }
  }
  namespaces: namespaces_v1 {
    externalResources {
      provisioner { name }
      ... on NamespaceTerraformProviderResourceAWS_v1 {
        resources {
          provider identifier
          ... on NamespaceTerraformResourceASG_v1 {
            region defaults
            image { tag_name ... on ASGImageGit_v1 { ref } ... on ASGImageStatic_v1 { value } }
          }
        }
      }
    }
  }
}`;

/** Asks for everything that a sandbox has to prepare for. */
export async function readDesiredState(client: GraphqlClient): Promise<DesiredState> {
  return client.query(QUERY, {}, DesiredState);
}

/** The auto scaling groups of all namespaces. */
export function desiredGroups({ namespaces }: DesiredState): DesiredGroup[] {
  const places = namespaces.flatMap(({ externalResources }) => externalResources ?? []);
  return places.flatMap(({ provisioner, resources = [] }) =>
    resources.flatMap(({ provider, identifier, region, defaults, image = [] }) => {
      if (provider !== 'asg' || defaults === undefined) return [];
      // A branch as `ref` stands for a commit that nobody here knows.
      const tags = image.flatMap((tag) => {
        const value = tag.value ?? tag.ref;
        return value === undefined ? [] : [[tag.tag_name, value] as const];
      });
      return [
        {
          account: provisioner.name,
          identifier,
          region: region ?? undefined,
          defaults,
          imageTags: new Map(tags),
        },
      ];
    }),
  );
}
