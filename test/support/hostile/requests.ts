import { canonicalize } from 'json-canonicalize';

import { canonicalRequest } from '../../../src/surgery/request/canonical.js';
import { requestOf } from '../surgery/request.js';

/** What it is or has, the bytes, and a word of why it is refused. */
export type HostileRequest = readonly [name: string, bytes: Buffer, why: RegExp];

const GOOD = canonicalRequest(requestOf()).toString();

const around = (replace: (json: string) => string): Buffer => Buffer.from(replace(GOOD));
const of = (more: Readonly<Record<string, unknown>>): Buffer =>
  Buffer.from(canonicalize({ ...requestOf(), ...more }));
const rm = (address: string): Buffer => of({ operations: [{ op: 'rm', addresses: [address] }] });
const mv = (to: string): Buffer =>
  of({ operations: [{ op: 'mv', moves: [{ from: 'aws_sqs_queue.q', to }] }] });
const provider = (to: string): Buffer => of({ operations: [{ op: 'replace-provider', from: 'aws', to }] });

/** Addresses that look like others, or are none. */
const ADDRESSES: readonly HostileRequest[] = (
  [
    ['a type with a Cyrillic letter', '\u0430ws_sqs_queue.q'],
    ['a type with a Greek letter', 'aws_sqs_queu\u03b5.q'],
    ['a type in full-width letters', '\uff41ws_sqs_queue.q'],
    ['a type with a combining mark', 'aws_sqs_que\u0301ue.q'],
    ['a full-width full stop', 'aws_sqs_queue\uff0eq'],
    ['a one dot leader', 'aws_sqs_queue\u2024q'],
    ['another hyphen', 'aws_sqs_queue.a\u2010b'],
    ['a minus sign', 'aws_sqs_queue.a\u2212b'],
    ['full-width brackets', 'aws_sqs_queue.q\uff3b0\uff3d'],
    ['curly quotes', 'aws_sqs_queue.q[\u201ca\u201d]'],
    ['Arabic digits', 'aws_sqs_queue.q[\u0660]'],
    ['a zero-width space', 'aws_sqs_queue.q\u200b'],
    ['a zero-width joiner', 'aws_sqs_queue.q\u200d'],
    ['a direction that is turned', 'aws_sqs_queue.\u202eq'],
    ['an escape sequence', 'aws_sqs_queue.q\u001b[2J'],
    ['a line break', 'aws_sqs_queue.q\naws_sqs_queue.p'],
    ['a blank', 'aws_sqs_queue.q aws_sqs_queue.p'],
    ['a blank before it', ' aws_sqs_queue.q'],
    ['a wildcard', 'aws_sqs_queue.*'],
    ['a wildcard for a key', 'aws_sqs_queue.q[*]'],
    ['a flag', '-state=other.tfstate'],
    ['a command', 'aws_sqs_queue.q;id'],
    ['a template', 'aws_sqs_queue.q["${file("x")}"]'],
    ['an index beyond 2^53', 'aws_sqs_queue.q[9007199254740993]'],
    ['an index below 0', 'aws_sqs_queue.q[-1]'],
    ['a key without an end', 'aws_sqs_queue.q["a'],
    ['a type alone', 'aws_sqs_queue'],
    ['nothing', ''],
  ] as const
).map(([name, address]) => [`an address with ${name}`, rm(address), /operations/]);

const INVISIBLE = [
  ['a clearing of the screen', '\u001b[2J'],
  ['a link of a terminal', '\u001b]8;;http://evil.example\u0007'],
  ['a C1 control', '\u009b2J'],
  ['a carriage return', 'x\ry'],
  ['a turned direction', '\u202ex'],
  ['a zero-width space', 'x\u200by'],
  ['a soft hyphen', 'x\u00ady'],
] as const;

/** Every field that people are shown. */
const FIELDS: readonly (readonly [string, (text: string) => Readonly<Record<string, unknown>>])[] = [
  ['reason', (reason) => ({ reason })],
  ['ticket', (ticket) => ({ ticket })],
  ['root', (root) => ({ root })],
  ['acceptRunningLoop', (acceptRunningLoop) => ({ acceptRunningLoop })],
  ['requester', (person) => ({ requester: { person } })],
  ['requester.arn', (arn) => ({ requester: { arn } })],
  ['state', (key) => ({ state: { type: 's3', bucket: 'b', region: 'us-east-1', key } })],
  ['base', (lineage) => ({ base: { ...requestOf().base, lineage } })],
  ['tools', (tfrepair) => ({ tools: { tfrepair } })],
  ['evidence', (summary) => ({ evidence: [{ code: 'deleted-outside', summary }] })],
  ['import id', (id) => ({ operations: [{ op: 'import', address: 'aws_sqs_queue.q', id }] })],
];

const SHOWN: readonly HostileRequest[] = FIELDS.flatMap(([field, more]) =>
  INVISIBLE.map(([name, text]): HostileRequest => [`${field} with ${name}`, of(more(text)), /invisible/]),
);

const WRITTEN: readonly HostileRequest[] = [
  ['10 MB', Buffer.alloc(10 * 1024 * 1024, 0x20), /larger than/],
  ['no bytes', Buffer.alloc(0), /no JSON/],
  ['bytes that are no text', Buffer.from([0x7b, 0xc0, 0x80, 0x7d]), /UTF-8/],
  ['a byte order mark', around((json) => `\ufeff${json}`), /no JSON/],
  ['nesting without an end', Buffer.from('['.repeat(200_000)), /no JSON/],
  ['an approval', around((json) => json.replace('tfrepair-request', 'tfrepair-approval')), /it is none/],
  [
    'an operation twice',
    around((json) => json.replace('"operations":', '"operations":[],"operations":')),
    /canonical/,
  ],
  [
    'a digest twice',
    around((json) => json.replace('"post":{', `"post":{"sha256":"${'f'.repeat(64)}",`)),
    /canonical/,
  ],
  ['a name spelled with an escape', around((json) => json.replace('"post"', '"p\\u006fst"')), /canonical/],
  ['another order of names', Buffer.from(JSON.stringify(requestOf())), /canonical/],
  ['__proto__', around((json) => json.replace('{', '{"__proto__":{"root":"x"},')), /__proto__|canonical/],
  [
    '__proto__ in an operation',
    around((json) => json.replace('"op":"rm"', '"__proto__":{},"op":"rm"')),
    /__proto__|canonical/,
  ],
  ['constructor', of({ constructor: { prototype: {} } }), /constructor|canonical/],
  [
    'a serial beyond 2^53',
    around((json) => json.replace('"serial":8', '"serial":9007199254740993')),
    /serial/,
  ],
  ['a serial that is no number', around((json) => json.replace('"serial":8', '"serial":1e999')), /serial/],
  ['a serial as text', around((json) => json.replace('"serial":8', '"serial":"8"')), /serial/],
  ['a serial with a fraction', around((json) => json.replace('"serial":8', '"serial":8.5')), /serial/],
  ['a serial below 0', around((json) => json.replace('"serial":7', '"serial":-7')), /serial/],
];

const SAID: readonly HostileRequest[] = [
  ['another operation', of({ operations: [{ op: 'push', file: 'x' }] }), /operations/],
  ['an operation of prototypes', of({ operations: [{ op: 'constructor' }] }), /operations/],
  ['no operation', of({ operations: [] }), /operations/],
  ['a flag for an operation', of({ operations: [{ op: 'rm', addresses: ['a.b'], force: true }] }), /force/],
  [
    'everything without saying so rightly',
    of({ operations: [{ op: 'rm', addresses: ['a.b'], everything: false }] }),
    /everything/,
  ],
  ['approvals of its own', of({ approvals: ['tfra1.x'] }), /approvals/],
  ['reviewers of its own', of({ reviewers: 0 }), /reviewers/],
  ['settings of its own', of({ breakGlass: true }), /breakGlass/],
  ['an account of 11 digits', of({ account: { uid: '12345678901', partition: 'aws' } }), /account/],
  [
    'an account of full-width digits',
    of({ account: { uid: '\uff11'.repeat(12), partition: 'aws' } }),
    /account/,
  ],
  ['another partition', of({ account: { uid: '123456789012', partition: 'evil.example' } }), /partition/],
  [
    'a partition of prototypes',
    of({ account: { uid: '123456789012', partition: '__proto__' } }),
    /partition/,
  ],
  ['a state elsewhere', of({ state: { type: 'http', address: 'https://evil.example' } }), /state/],
  [
    'a state with a URL',
    of({ state: { type: 's3', bucket: 'b', key: 'k', region: 'r', endpoint: 'https://evil.example' } }),
    /endpoint/,
  ],
  ['a target with a Cyrillic type', mv('\u0430ws_sqs_queue.q'), /operations/],
  ['a target that is none', mv('..'), /operations/],
  [
    'a provider of a host that looks like it',
    provider('registry.terr\u0430form.io/hashicorp/aws'),
    /operations/,
  ],
  ['a provider with a flag', provider('aws -auto-approve'), /operations/],
  [
    'a plan for a confusable address',
    of({ expectedPlan: [{ address: '\u0430ws_sqs_queue.q', action: 'create' }] }),
    /expectedPlan/,
  ],
  [
    'a plan with another action',
    of({ expectedPlan: [{ address: 'aws_sqs_queue.q', action: 'destroy-all' }] }),
    /expectedPlan/,
  ],
  ['a nonce too short', of({ nonce: '0' }), /nonce/],
  ['a time with a zone', of({ notAfter: '2026-02-01T12:00:00+14:00' }), /notAfter/],
  ['a time of the year 12026', of({ notAfter: '+012026-02-01T12:00:00Z' }), /notAfter/],
  ['a time that never comes', of({ notAfter: '2026-02-31T99:00:00Z' }), /notAfter/],
  ['a reason without an end', of({ reason: 'a'.repeat(5000) }), /reason/],
];

/** Requests that are none, or that people could not see as they are. */
export const HOSTILE_REQUESTS: readonly HostileRequest[] = [...WRITTEN, ...SAID, ...ADDRESSES, ...SHOWN];
