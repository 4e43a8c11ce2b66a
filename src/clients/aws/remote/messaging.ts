import { clientConfig, unlessMissing, using } from './ask.js';
import { tagsOf, type RemoteLookup } from './remote-object.js';

export const sqsQueue: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { GetQueueAttributesCommand, GetQueueUrlCommand, ListQueueTagsCommand, SQSClient } =
      await import('@aws-sdk/client-sqs');
    const abort = { abortSignal: place.signal };
    return using(new SQSClient(clientConfig(place)), async (sqs) => {
      const found = await unlessMissing(sqs.send(new GetQueueUrlCommand({ QueueName: name }), abort));
      const url = found?.QueueUrl;
      if (url === undefined) return undefined;
      const [attributes, tagging] = await Promise.all([
        sqs.send(
          new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['CreatedTimestamp'] }),
          abort,
        ),
        sqs.send(new ListQueueTagsCommand({ QueueUrl: url }), abort),
      ]);
      const seconds = Number(attributes.Attributes?.CreatedTimestamp);
      const createdAt = Number.isFinite(seconds) ? seconds * 1000 : undefined;
      return { importId: url, uniqueId: undefined, createdAt, tags: tagsOf(tagging.Tags) };
    });
  },
};

export const snsTopic: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { GetTopicAttributesCommand, ListTagsForResourceCommand, SNSClient } =
      await import('@aws-sdk/client-sns');
    const arn = `arn:${place.partition}:sns:${place.region}:${place.uid}:${name}`;
    const abort = { abortSignal: place.signal };
    return using(new SNSClient(clientConfig(place)), async (sns) => {
      const topic = await unlessMissing(sns.send(new GetTopicAttributesCommand({ TopicArn: arn }), abort));
      if (topic === undefined) return undefined;
      const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: arn }), abort);
      return { importId: arn, uniqueId: undefined, createdAt: undefined, tags: tagsOf(Tags) };
    });
  },
};
