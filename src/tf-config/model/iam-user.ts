import type { JsonObject } from '../../json.js';
import type { BlockHandle, BlockSink } from './document.js';
import { pythonJson } from './python.js';

/** An IAM user to be made, with an access key. */
export interface IamUser {
  readonly name: string;
  readonly tags?: JsonObject;
  readonly outputPrefix: string;
  /** Put before `aws_access_key_id` in the names of the key's outputs. */
  readonly keyPrefix?: string;
  readonly dependsOn?: readonly BlockHandle[];
}

/** An IAM user with an access key, whose id and secret are outputs `{outputPrefix}__{keyPrefix}aws_…`. */
export function iamUserWithKey(sink: BlockSink, user: IamUser): BlockHandle {
  const { name, tags, dependsOn, outputPrefix, keyPrefix = '' } = user;
  const handle = sink.resource('aws_iam_user', name, {
    name,
    tags,
    depends_on: dependsOn?.map(({ dependency }) => dependency),
  });
  iamAccessKey(sink, handle, name, `${outputPrefix}__${keyPrefix}`);
  return handle;
}

function iamAccessKey(sink: BlockSink, user: BlockHandle, name: string, outputStart: string): void {
  const key = sink.resource('aws_iam_access_key', name, { user: name, depends_on: [user.dependency] });
  sink.output(`${outputStart}aws_access_key_id`, key.ref('id'), { sensitive: true });
  sink.output(`${outputStart}aws_secret_access_key`, key.ref('secret'), { sensitive: true });
}

/** The user with key, its policy, and the policy's attachment: the IAM trio of app-interface-aws §4.1. */
export function iamUserWithPolicy(sink: BlockSink, user: IamUser & { readonly policy: JsonObject }): void {
  const handle = iamUserWithKey(sink, user);
  iamUserPolicy(sink, handle, user.name, pythonJson(user.policy, { sortKeys: true }));
}

/** A policy for an IAM user, both of the same name, and its attachment to the user. */
export function iamUserPolicy(sink: BlockSink, user: BlockHandle, name: string, policyText: string): void {
  const policy = sink.resource('aws_iam_policy', name, {
    name,
    policy: policyText,
    depends_on: [user.dependency],
  });
  attachToIamUser(sink, { name, user, userName: name, policy });
}

/** Attaches a policy to an IAM user; `name` is the attachment's. */
export function attachToIamUser(
  sink: BlockSink,
  to: { name: string; user: BlockHandle; userName: string; policy: BlockHandle },
): void {
  sink.resource('aws_iam_user_policy_attachment', to.name, {
    user: to.userName,
    policy_arn: to.policy.ref('arn'),
    depends_on: [to.user.dependency, to.policy.dependency],
  });
}
