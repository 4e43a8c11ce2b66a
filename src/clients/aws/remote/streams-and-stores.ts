import { clientConfig, unlessMissing, using } from './ask.js';
import type { RemoteLookup } from './remote-object.js';

export const logGroup: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { CloudWatchLogsClient, DescribeLogGroupsCommand } =
      await import('@aws-sdk/client-cloudwatch-logs');
    return using(new CloudWatchLogsClient(clientConfig(place)), async (logs) => {
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
      const { logGroups = [] } = await logs.send(command, { abortSignal: place.signal });
      // A name sorts before every longer one that begins with it, so that it is on the first page.
      const group = logGroups.find(({ logGroupName }) => logGroupName === name);
      return group && { importId: name, uniqueId: undefined, createdAt: group.creationTime, tags: {} };
    });
  },
};

export const kinesisStream: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { DescribeStreamSummaryCommand, KinesisClient } = await import('@aws-sdk/client-kinesis');
    const { NodeHttpHandler } = await import('@smithy/node-http-handler');
    // By default this client alone speaks HTTP/2, which a custom endpoint or a proxy may not.
    const client = new KinesisClient({ ...clientConfig(place), requestHandler: new NodeHttpHandler() });
    return using(client, async (kinesis) => {
      const command = new DescribeStreamSummaryCommand({ StreamName: name });
      const answer = await unlessMissing(kinesis.send(command, { abortSignal: place.signal }));
      const createdAt = answer?.StreamDescriptionSummary?.StreamCreationTimestamp?.getTime();
      return answer && { importId: name, uniqueId: undefined, createdAt, tags: {} };
    });
  },
};

export const ecrRepository: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { DescribeRepositoriesCommand, ECRClient } = await import('@aws-sdk/client-ecr');
    return using(new ECRClient(clientConfig(place)), async (ecr) => {
      const command = new DescribeRepositoriesCommand({ repositoryNames: [name] });
      const answer = await unlessMissing(ecr.send(command, { abortSignal: place.signal }));
      const [repository] = answer?.repositories ?? [];
      const createdAt = repository?.createdAt?.getTime();
      return repository && { importId: name, uniqueId: undefined, createdAt, tags: {} };
    });
  },
};

/** Several zones may have one name; only when there is one of it, is it known which. */
export const route53Zone: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { ListHostedZonesByNameCommand, Route53Client } = await import('@aws-sdk/client-route-53');
    return using(new Route53Client(clientConfig(place)), async (route53) => {
      const command = new ListHostedZonesByNameCommand({ DNSName: name });
      const { HostedZones = [] } = await route53.send(command, { abortSignal: place.signal });
      const zones = HostedZones.filter((zone) => withoutDot(zone.Name ?? '') === withoutDot(name));
      if (zones.length > 1) throw new Error(`${zones.length} hosted zones have the name ${name}`);
      const id = zones[0]?.Id?.replace('/hostedzone/', '');
      return id === undefined ? undefined : { importId: id, uniqueId: id, createdAt: undefined, tags: {} };
    });
  },
};

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
