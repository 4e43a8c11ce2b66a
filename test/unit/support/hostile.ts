import type { FleetDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { ailing, deletedGroup, row } from './diagnoses.js';

/** A diagnosis in which everything that comes from outside is this text. */
export function fleetOf(text: string): FleetDiagnosis {
  const address = `aws_sqs_queue.${text}`;
  const finding = {
    ...deletedGroup,
    addresses: [address, `${address}2`],
    id: text,
    summary: text,
    evidence: [{ source: 'log' as const, text }],
    leaveStateAlone: text,
    repairs: [
      {
        title: text,
        command: ['state', 'rm', address],
        terraform: ['state', 'rm', address],
        expectedPlan: [{ address, action: 'create' as const }],
      },
    ],
    owners: [{ app: text, namespace: text, provider: text, identifier: text, contacts: [text] }],
  };
  const account = {
    ...ailing,
    name: text,
    uid: text,
    state: { terraformVersion: text, serial: 1, lineage: text, instances: 2 },
    findings: [finding],
    resources: [
      row(address, { id: text, status: 'missing', findings: ['deleted-outside'] }),
      row(`${address}2`, { id: text, dependencies: [address] }),
    ],
    notes: [text],
    failure: { code: text, message: text, hint: text },
  };
  return { accounts: [account, { ...account, name: `${text}2` }] };
}

/** Texts that have broken pages before. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></script></title><svg onload=alert(1)>',
  '<!-- ',
  ']]>',
  '&lt;b&gt; &amp; &#x3c;',
  '[a](javascript:alert(1)) ![b](http://x.example/y.png) <http://x.example>',
  '``` \n# heading\n| a | b |',
  'a\\|b \\\\|c |d',
  '\u202Egnp.exe \u0000\u001b[31m \u2028',
  '`a` ``b``',
  '$&$1${x}',
];
