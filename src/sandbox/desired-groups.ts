import * as v from 'valibot';

import type { GraphqlClient } from '../app-interface/graphql-client.js';
import { fetchNamespaces } from '../app-interface/namespaces.js';

/** An auto scaling group: the API server must have its machine image and its network. */
export interface DesiredGroup {
  readonly account: string;
  readonly identifier: string;
  /** Without it: the account's default. */
  readonly region: string | undefined;
  /** The resource file with its network. */
  readonly defaults: string;
  readonly imageTags: ReadonlyMap<string, string>;
}

const SELECTION = {
  graphqlType: 'NamespaceTerraformResourceASG_v1',
  selection:
    'region defaults image { tag_name ... on ASGImageGit_v1 { ref } ... on ASGImageStatic_v1 { value } }',
};

const Group = v.object({
  provider: v.literal('asg'),
  identifier: v.string(),
  region: v.nullish(v.string()),
  defaults: v.string(),
  image: v.array(
    v.object({ tag_name: v.string(), ref: v.optional(v.string()), value: v.optional(v.string()) }),
  ),
});

/** The auto scaling groups of all namespaces. */
export async function desiredGroups(client: GraphqlClient): Promise<DesiredGroup[]> {
  const namespaces = await fetchNamespaces(client, undefined, [SELECTION]);
  const places = namespaces.flatMap(({ externalResources }) => externalResources ?? []);
  return places.flatMap(({ provisioner, resources }) =>
    (resources ?? []).flatMap((resource) => {
      const parsed = v.safeParse(Group, resource);
      if (!parsed.success) return [];
      const { identifier, region, defaults, image } = parsed.output;
      const imageTags = new Map(image.map((tag) => [tag.tag_name, tag.value ?? tag.ref ?? '']));
      return [{ account: provisioner.name, identifier, region: region ?? undefined, defaults, imageTags }];
    }),
  );
}
