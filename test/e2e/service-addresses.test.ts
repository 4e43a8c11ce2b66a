import {
  CreateNetworkInterfaceCommand,
  AttachNetworkInterfaceCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { assumeRole } from '../../src/clients/aws/assume-role.js';
import { sdkCredentials, type AwsCredentials } from '../../src/clients/aws/credentials.js';
import type { RoleGrant } from '../../src/clients/ocm.js';
import { serviceAddresses } from '../../src/outside/service-addresses.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { Secret } from '../../src/secret.js';
import type { Answer } from '../../src/tf-config/model/need.js';
import { requires } from './support/requires.js';
import { openExampleSandbox } from './support/sandbox.js';

const ROLE = 'arn:aws:iam::777788889999:role/network-mgmt-abc';
const REGION = 'us-east-1';
const SIGNAL = AbortSignal.timeout(100_000);
const ACCOUNT = {
  ...{ name: 'acme', uid: '123456789012', partition: 'aws', resourcesDefaultRegion: REGION },
  ...{ supportedDeploymentRegions: null, providerVersion: '5.100.0', terraformUsername: 'terraform' },
};
const GRANT: RoleGrant = {
  userArn: 'arn:aws:iam::123456789012:user/terraform',
  level: 'network-mgmt',
  state: 'ready',
  roleArn: ROLE,
};
const OWN: AwsCredentials = {
  accessKeyId: 'testing',
  secretAccessKey: new Secret('testing'),
  sessionToken: undefined,
  source: 'the test',
};

const describeHere = await requires(['moto_server']);

describeHere('the addresses of an OpenShift service', () => {
  let sandbox: Sandbox;
  const endpointBefore = process.env['AWS_ENDPOINT_URL'];

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    process.env['AWS_ENDPOINT_URL'] = sandbox.endpoint;
    const credentials = sdkCredentials(await assumeRole(ROLE, OWN, REGION, SIGNAL));
    await createBalancer({ region: REGION, credentials }, 'a1', 'web/router');
    await createBalancer({ region: REGION, credentials }, 'a2', 'web/other');
    await createInterface({ region: REGION, credentials }, 'ELB a1', '172.31.0.20', true);
    await createInterface({ region: REGION, credentials }, 'ELB a1', '172.31.0.10', true);
    await createInterface({ region: REGION, credentials }, 'ELB a1', '172.31.0.30', false);
    await createInterface({ region: REGION, credentials }, 'ELB a2', '172.31.0.40', true);
  });

  afterAll(async () => {
    if (endpointBefore === undefined) delete process.env['AWS_ENDPOINT_URL'];
    else process.env['AWS_ENDPOINT_URL'] = endpointBefore;
    await sandbox.close();
  });

  function addresses(service: string, grants: readonly RoleGrant[]): Promise<Answer> {
    const need = { kind: 'service-addresses', cluster: 'harbor', region: REGION, service } as const;
    return serviceAddresses(need, ACCOUNT, {
      grants: () => Promise.resolve(grants),
      credentials: () => Promise.resolve(OWN),
      signal: SIGNAL,
    });
  }

  test("are those in use by its load balancer in the cluster's account", async () => {
    expect(await addresses('web/router', [GRANT])).toEqual({
      known: true,
      value: ['172.31.0.10', '172.31.0.20'],
    });
  });

  test('are missing for a service without a load balancer, which names service and account', async () => {
    expect(await addresses('web/none', [GRANT])).toMatchObject({
      known: false,
      error: {
        code: 'AddressMissing',
        message:
          'no load balancer address of OpenShift service web/none in cluster harbor (for account acme), us-east-1',
      },
    });
  });

  test.each([
    ['a grant of another level', { ...GRANT, level: 'read-only' }],
    ["another user's grant", { ...GRANT, userArn: 'arn:aws:iam::123456789012:user/other' }],
  ])('are looked for in the account itself with %s', async (_what, grant) => {
    expect(await addresses('web/router', [grant])).toMatchObject({
      known: false,
      error: {
        message: 'no load balancer address of OpenShift service web/router in account acme, us-east-1',
      },
    });
  });
});

interface ClusterAccount {
  readonly region: string;
  readonly credentials: ReturnType<typeof sdkCredentials>;
}

async function createBalancer(account: ClusterAccount, name: string, service: string): Promise<void> {
  const client = new ElasticLoadBalancingClient(account);
  await client.send(
    new CreateLoadBalancerCommand({
      LoadBalancerName: name,
      AvailabilityZones: [`${REGION}a`],
      Listeners: [{ Protocol: 'TCP', LoadBalancerPort: 443, InstancePort: 30443 }],
      Tags: [{ Key: 'kubernetes.io/service-name', Value: service }],
    }),
  );
  client.destroy();
}

/** A network interface; in use: of an instance, as the load balancer's own instances cannot be made. */
async function createInterface(
  account: ClusterAccount,
  description: string,
  address: string,
  inUse: boolean,
): Promise<void> {
  const client = new EC2Client(account);
  const subnets = await client.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'availability-zone', Values: [`${REGION}a`] }] }),
  );
  const SubnetId = subnets.Subnets?.[0]?.SubnetId ?? '';
  const made = await client.send(
    new CreateNetworkInterfaceCommand({ SubnetId, Description: description, PrivateIpAddress: address }),
  );
  if (inUse) {
    const run = await client.send(
      new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, SubnetId }),
    );
    await client.send(
      new AttachNetworkInterfaceCommand({
        NetworkInterfaceId: made.NetworkInterface?.NetworkInterfaceId,
        InstanceId: run.Instances?.[0]?.InstanceId,
        DeviceIndex: 1,
      }),
    );
  }
  client.destroy();
}
