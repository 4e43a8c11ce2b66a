import * as v from 'valibot';

import { field } from '../../model/define-provider.js';
import type { ImageFilter } from '../../model/need.js';

const SecretReference = v.object({
  path: v.string(),
  field: v.string(),
  version: v.nullish(v.number()),
  format: v.nullish(v.string()),
});

const GitImage = v.object({
  provider: v.literal('git'),
  tag_name: v.string(),
  url: v.string(),
  ref: v.string(),
  upstream: v.nullish(
    v.object({ instance: v.object({ name: v.string(), token: SecretReference }), name: v.string() }),
  ),
});
const StaticImage = v.object({ provider: v.literal('static'), tag_name: v.string(), value: v.string() });

const Image = v.variant('provider', [GitImage, StaticImage]);

const CloudInitConfig = v.object({
  filename: v.nullish(v.string(), null),
  content_type: v.nullish(v.string(), null),
  content: v.string(),
});

export type CloudInitConfig = v.InferOutput<typeof CloudInitConfig>;

/** An asg's own fields. */
export const asgFields = {
  region: field.text,
  defaults: field.text,
  cloudinit_configs: v.nullish(v.array(CloudInitConfig)),
  variables: field.json,
  overrides: field.json,
  extra_tags: field.json,
  image: v.array(Image),
};

export type AsgFields = v.InferOutput<v.ObjectSchema<typeof asgFields, undefined>>;

/** GraphQL selection of the same. */
export const asgSelection = `
  region defaults cloudinit_configs { filename content_type content } variables overrides extra_tags
  image {
    provider
    ... on ASGImageGit_v1 {
      tag_name url ref upstream { instance { name token { path field version format } } name }
    }
    ... on ASGImageStatic_v1 { tag_name value }
  }`;

/** The tag that one of the image's descriptions wants. */
export function imageFilter(image: v.InferOutput<typeof Image>): ImageFilter {
  if (image.provider === 'static') return { provider: 'static', tagName: image.tag_name, value: image.value };
  const { upstream } = image;
  const { tag_name: tagName, url, ref } = image;
  if (upstream === undefined || upstream === null) return { provider: 'git', tagName, url, ref };
  const { name: instance, token } = upstream.instance;
  return { provider: 'git', tagName, url, ref, upstream: { instance, token, job: upstream.name } };
}
