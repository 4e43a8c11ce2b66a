import { clientConfig, unlessMissing, using } from './ask.js';
import { tagsOf, type RemoteLookup } from './remote-object.js';

/** A key that is only waiting for its deletion counts as gone: nothing can be encrypted with it. */
export const kmsKey: RemoteLookup = {
  argument: 'key_id',
  async find(name, place) {
    const { DescribeKeyCommand, KMSClient } = await import('@aws-sdk/client-kms');
    return using(new KMSClient(clientConfig(place)), async (kms) => {
      const command = new DescribeKeyCommand({ KeyId: name });
      const key = (await unlessMissing(kms.send(command, { abortSignal: place.signal })))?.KeyMetadata;
      if (key === undefined || key.KeyState === 'PendingDeletion') return undefined;
      return { importId: key.KeyId, uniqueId: key.KeyId, createdAt: key.CreationDate?.getTime(), tags: {} };
    });
  },
};

/** An alias is imported by its own name, and is another one when it stands for another key. */
export const kmsAlias: RemoteLookup = {
  argument: 'name',
  find: async (name, place) => {
    const key = await kmsKey.find(name, place);
    return key && { ...key, importId: name };
  },
};

/** A secret that is only waiting for its deletion counts as gone. */
export const secretsManagerSecret: RemoteLookup = {
  argument: 'name',
  async find(name, place) {
    const { DescribeSecretCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
    return using(new SecretsManagerClient(clientConfig(place)), async (secrets) => {
      const command = new DescribeSecretCommand({ SecretId: name });
      const secret = await unlessMissing(secrets.send(command, { abortSignal: place.signal }));
      if (secret === undefined || secret.DeletedDate !== undefined) return undefined;
      const createdAt = secret.CreatedDate?.getTime();
      return { importId: secret.ARN, uniqueId: secret.ARN, createdAt, tags: tagsOf(secret.Tags) };
    });
  },
};

export const certificate: RemoteLookup = {
  argument: 'arn',
  async find(arn, place) {
    const { ACMClient, DescribeCertificateCommand } = await import('@aws-sdk/client-acm');
    return using(new ACMClient(clientConfig(place)), async (acm) => {
      const command = new DescribeCertificateCommand({ CertificateArn: arn });
      const found = (await unlessMissing(acm.send(command, { abortSignal: place.signal })))?.Certificate;
      const createdAt = (found?.CreatedAt ?? found?.ImportedAt)?.getTime();
      return found && { importId: arn, uniqueId: arn, createdAt, tags: {} };
    });
  },
};
