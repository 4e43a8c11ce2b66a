import { clientConfig, unlessMissing, using } from './ask.js';
import { tagsOf, type RemoteLookup } from './remote-object.js';

export const dbInstance: RemoteLookup = {
  argument: 'identifier',
  async find(name, place) {
    const { DescribeDBInstancesCommand, RDSClient } = await import('@aws-sdk/client-rds');
    return using(new RDSClient(clientConfig(place)), async (rds) => {
      const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: name });
      const answer = await unlessMissing(rds.send(command, { abortSignal: place.signal }));
      const [instance] = answer?.DBInstances ?? [];
      return (
        instance && {
          importId: name,
          uniqueId: instance.DbiResourceId,
          createdAt: instance.InstanceCreateTime?.getTime(),
          tags: tagsOf(instance.TagList),
        }
      );
    });
  },
};

export const dbParameterGroup: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { DescribeDBParameterGroupsCommand, ListTagsForResourceCommand, RDSClient } =
      await import('@aws-sdk/client-rds');
    const abort = { abortSignal: place.signal };
    return using(new RDSClient(clientConfig(place)), async (rds) => {
      const command = new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name });
      const [group] = (await unlessMissing(rds.send(command, abort)))?.DBParameterGroups ?? [];
      if (group === undefined) return undefined;
      const tagging = new ListTagsForResourceCommand({ ResourceName: group.DBParameterGroupArn });
      const { TagList } = await rds.send(tagging, abort);
      return { importId: name, uniqueId: undefined, createdAt: undefined, tags: tagsOf(TagList) };
    });
  },
};

export const dynamodbTable: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { DescribeTableCommand, DynamoDBClient, ListTagsOfResourceCommand } =
      await import('@aws-sdk/client-dynamodb');
    const abort = { abortSignal: place.signal };
    return using(new DynamoDBClient(clientConfig(place)), async (dynamodb) => {
      const command = new DescribeTableCommand({ TableName: name });
      const table = (await unlessMissing(dynamodb.send(command, abort)))?.Table;
      if (table === undefined) return undefined;
      const tagging = new ListTagsOfResourceCommand({ ResourceArn: table.TableArn });
      const { Tags } = await dynamodb.send(tagging, abort);
      const createdAt = table.CreationDateTime?.getTime();
      return { importId: name, uniqueId: table.TableId, createdAt, tags: tagsOf(Tags) };
    });
  },
};

export const replicationGroup: RemoteLookup = {
  argument: 'replication_group_id',
  async find(name, place) {
    const { DescribeReplicationGroupsCommand, ElastiCacheClient } =
      await import('@aws-sdk/client-elasticache');
    return using(new ElastiCacheClient(clientConfig(place)), async (elasticache) => {
      const command = new DescribeReplicationGroupsCommand({ ReplicationGroupId: name });
      const answer = await unlessMissing(elasticache.send(command, { abortSignal: place.signal }));
      const [group] = answer?.ReplicationGroups ?? [];
      const createdAt = group?.ReplicationGroupCreateTime?.getTime();
      return group && { importId: name, uniqueId: undefined, createdAt, tags: {} };
    });
  },
};
