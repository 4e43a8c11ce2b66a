import type { JsonObject } from '../../json.js';
import type { BlockHandle, BlockSink } from './document.js';
import { pythonJson } from './python.js';

/** An IAM user with an access key, whose id and secret are outputs. */
export function iamUserWithKey(
  sink: BlockSink,
  user: { name: string; tags: JsonObject; outputPrefix: string; dependsOn?: readonly BlockHandle[] },
): BlockHandle {
  const dependsOn = user.dependsOn?.map(({ dependency }) => dependency);
  const handle = sink.resource('aws_iam_user', user.name, {
    name: user.name,
    tags: user.tags,
    depends_on: dependsOn,
  });
  iamAccessKey(sink, handle, user.name, user.outputPrefix);
  return handle;
}

/** The access key of an IAM user, and its outputs `{prefix}__aws_access_key_id` and `…_secret_access_key`. */
export function iamAccessKey(sink: BlockSink, user: BlockHandle, name: string, outputPrefix: string): void {
  const key = sink.resource('aws_iam_access_key', name, { user: name, depends_on: [user.dependency] });
  sink.output(`${outputPrefix}__aws_access_key_id`, key.ref('id'), { sensitive: true });
  sink.output(`${outputPrefix}__aws_secret_access_key`, key.ref('secret'), { sensitive: true });
}

/** The user with key, its policy, and the policy's attachment: the IAM trio of app-interface-aws §4.1. */
export function iamUserWithPolicy(
  sink: BlockSink,
  user: {
    name: string;
    tags: JsonObject;
    outputPrefix: string;
    policy: JsonObject;
    dependsOn?: readonly BlockHandle[];
  },
): void {
  const handle = iamUserWithKey(sink, user);
  const policy = sink.resource('aws_iam_policy', user.name, {
    name: user.name,
    policy: pythonJson(user.policy, { sortKeys: true }),
    depends_on: [handle.dependency],
  });
  sink.resource('aws_iam_user_policy_attachment', user.name, {
    user: user.name,
    policy_arn: policy.ref('arn'),
    depends_on: [handle.dependency, policy.dependency],
  });
}
