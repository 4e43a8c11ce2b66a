import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import type { Demo } from '../../../src/sandbox/demo.js';
import { renderDemo } from '../../../src/ui/demo-report.js';

const DEMO: Demo = {
  appInterface: '/opt/tfrepair/examples/app-interface',
  sha256: '0123456789abcdef'.repeat(4),
  datafiles: 50,
  accounts: [
    {
      name: 'ferries-prod',
      uid: '444455556666',
      regions: ['us-east-1', 'eu-west-1'],
      state: { bucket: 'states', key: 'prod.tfstate', region: 'us-east-1' },
      namespaces: 2,
      resources: [
        { provider: 'sqs', count: 12 },
        { provider: 'aws-iam-service-account', count: 1 },
        { provider: 'route53-zone', count: 1 },
      ],
    },
    {
      name: 'ferries-new',
      uid: '777788889999',
      regions: ['us-east-1'],
      state: null,
      namespaces: 0,
      resources: [],
    },
  ],
};

describe('renderDemo', () => {
  const options = { bin: 'tfrepair', root: '/opt/tfrepair', colour: new Chalk({ level: 0 }), width: 60 };

  test('tells the story within the given width', () => {
    expect(renderDemo(DEMO, { ...options, cwd: '/home/robin' })).toBe(
      `Example Ferries: an app-interface that comes with tfrepair

1. Its 50 files are bundled and served over GraphQL, on this machine.
   bundle 0123456789ab

2. The server is asked for the AWS accounts. There are 2:

   ferries-prod
   account id  444455556666
   regions     us-east-1, eu-west-1
   state       s3://states/prod.tfstate
   resources   14 in 2 namespaces: 12 × sqs,
               aws-iam-service-account, route53-zone

   ferries-new
   account id  777788889999
   regions     us-east-1
   state       not in app-interface
   resources   none

3. The server is stopped. Now it is your turn:

   export TFREPAIR_APP_INTERFACE=/opt/tfrepair/examples/app-interface
   tfrepair server
   tfrepair owner aws_sqs_queue.booking-receipts --account ferries-prod`,
    );
  });

  test('suggests commands that work in a clone when it runs in one', () => {
    const lines = renderDemo(DEMO, { ...options, cwd: '/opt/tfrepair' }).split('\n');
    expect(lines).toContain('   export TFREPAIR_APP_INTERFACE=examples/app-interface');
    expect(lines).toContain('   node bin/run.js server');
  });
});
