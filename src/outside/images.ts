import { findImages } from '../clients/aws/images.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import { isJobRunning, parseJenkinsToken } from '../clients/jenkins.js';
import type { SecretReader } from '../credentials/secret-reader.js';
import { FailedError } from '../errors.js';
import type { RenderAccount } from '../tf-config/model/account.js';
import type { Answer, ImageFilter, Need } from '../tf-config/model/need.js';
import type { CommitLookup } from './commits.js';

export interface ImageSources {
  readonly credentials: () => Promise<AwsCredentials>;
  readonly secrets: SecretReader;
  readonly commit: CommitLookup;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

type ImageNeed = Extract<Need, { kind: 'image' }>;

/**
 * The machine image that an asg's filters describe, as the reconcile loop finds it (app-interface-aws §5.2): null while
 * the job that builds it is running.
 */
export async function findImage(
  need: ImageNeed,
  account: RenderAccount,
  sources: ImageSources,
): Promise<Answer> {
  const tags = await Promise.all(need.filters.map((filter) => tagOf(filter, sources)));
  const images = await findImages(tags, need.region, await sources.credentials(), sources.signal);
  const [image, ...others] = images;
  const wanted = tags.map(({ name, value }) => `${name}=${value}`).join(', ');
  if (others.length > 0) {
    const error = new FailedError(
      'ImageAmbiguous',
      `account ${account.name} sees several images tagged ${wanted}: ${images.join(', ')}`,
      { hint: 'make the tags unique, or add a static filter to image' },
    );
    return { known: false, error };
  }
  if (image !== undefined) return { known: true, value: image };
  if (await isBeingBuilt(need.filters, sources)) return { known: true, value: null };
  const error = new FailedError('ImageNotFound', `account ${account.name} sees no image tagged ${wanted}`, {
    hint: 'check that the build succeeded and that the image is shared with the account',
  });
  return { known: false, error };
}

async function tagOf(
  filter: ImageFilter,
  { commit }: ImageSources,
): Promise<{ name: string; value: string }> {
  const value = filter.provider === 'static' ? filter.value : await commit(filter.url, filter.ref);
  return { name: filter.tagName, value };
}

async function isBeingBuilt(
  filters: readonly ImageFilter[],
  { secrets, fetch }: ImageSources,
): Promise<boolean> {
  for (const filter of filters) {
    if (filter.provider !== 'git' || filter.upstream === undefined) continue;
    const access = parseJenkinsToken(await secrets.read(filter.upstream.token));
    if (await isJobRunning(access, filter.upstream.job, fetch)) return true;
  }
  return false;
}
