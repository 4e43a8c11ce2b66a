/** What changes by itself: times, counters and what AWS is doing at the moment. */
const PASSING =
  /^(last_|latest_restorable_time$|attachment_count$|updated?_(at|date|time)$|modified_(at|date|time)$|item_count$|.*_last_(modified|used|updated)|.*_timestamp$|timestamp$|in_progress|pending_modified|snapshot_identifier$)|_status$|^status$|^etag$|^qualified_|^instances?$|^node_statuses$/;

/** Whether an attribute of a type changes without anyone's doing. An access key's status is set by people. */
export function isPassing(type: string, name: string): boolean {
  return PASSING.test(name) && !(type === 'aws_iam_access_key' && name === 'status');
}

/** What AWS gives an object once, when it is made: another value means another object. */
const IDENTITY = new Set([
  'id',
  'arn',
  'unique_id',
  'resource_id',
  'dbi_resource_id',
  'cluster_resource_id',
  'policy_id',
  'domain_id',
  'create_date',
  'created_date',
  'creation_date',
  'created_at',
  'create_time',
  'creation_time',
]);

/** Whether a top-level attribute tells an object from another one that has its name. */
export function isIdentity(name: string): boolean {
  return IDENTITY.has(name);
}
