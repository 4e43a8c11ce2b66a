import { clientConfig, unlessMissing, using } from './ask.js';
import { tagsOf, type RemoteLookup } from './remote-object.js';

/** A bucket of that name in another account is none of ours: asking for it is denied, and nothing is known. */
export const s3Bucket: RemoteLookup = {
  argument: 'bucket',
  async find(name, place) {
    const { GetBucketTaggingCommand, HeadBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
    const s3 = new S3Client({ ...clientConfig(place), forcePathStyle: true, followRegionRedirects: true });
    const abort = { abortSignal: place.signal };
    const bucket = { Bucket: name, ExpectedBucketOwner: place.uid };
    return using(s3, async () => {
      const head = await unlessMissing(s3.send(new HeadBucketCommand(bucket), abort));
      if (head === undefined) return undefined;
      const tagging = await unlessMissing(s3.send(new GetBucketTaggingCommand(bucket), abort));
      return { importId: name, uniqueId: undefined, createdAt: undefined, tags: tagsOf(tagging?.TagSet) };
    });
  },
};
