import { clientConfig, unlessMissing, using } from './ask.js';
import { tagsOf, type RemoteLookup, type RemotePlace } from './remote-object.js';

export const iamUser: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { GetUserCommand, IAMClient } = await import('@aws-sdk/client-iam');
    return using(new IAMClient(clientConfig(place)), async (iam) => {
      const answer = await unlessMissing(
        iam.send(new GetUserCommand({ UserName: name }), { abortSignal: place.signal }),
      );
      const user = answer?.User;
      return user && { ...common(user), importId: name, uniqueId: user.UserId };
    });
  },
};

export const iamRole: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam');
    return using(new IAMClient(clientConfig(place)), async (iam) => {
      const answer = await unlessMissing(
        iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal: place.signal }),
      );
      const role = answer?.Role;
      return role && { ...common(role), importId: name, uniqueId: role.RoleId };
    });
  },
};

export const iamPolicy: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { GetPolicyCommand, IAMClient } = await import('@aws-sdk/client-iam');
    return using(new IAMClient(clientConfig(place)), async (iam) => {
      const arn = policyArn(name, place);
      const answer = await unlessMissing(
        iam.send(new GetPolicyCommand({ PolicyArn: arn }), { abortSignal: place.signal }),
      );
      const policy = answer?.Policy;
      return policy && { ...common(policy), importId: arn, uniqueId: policy.PolicyId };
    });
  },
};

function policyArn(name: string, { partition, uid }: RemotePlace): string {
  return `arn:${partition}:iam::${uid}:policy/${name}`;
}

function common(entity: {
  readonly CreateDate?: Date | undefined;
  readonly Tags?:
    readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}): { createdAt: number | undefined; tags: Record<string, string> } {
  return { createdAt: entity.CreateDate?.getTime(), tags: tagsOf(entity.Tags) };
}
