import { canonicalize } from 'json-canonicalize';

import { MAX_TOKEN_CHARS, TOKEN_PREFIX } from '../../../src/approval/token.js';
import { approvalOf, stsProofOf, tokenAround, tokenOf } from '../approvals.js';
import { HOSTILE_PROOF_FIELDS, proof, type HostileToken } from './proof-fields.js';

const GOOD = canonicalize(approvalOf());
const TOKEN = tokenOf(approvalOf());

/** Text around the JSON of a good token. */
const around = (replace: (json: string) => string): string => tokenAround(replace(GOOD));

const WRITTEN: readonly HostileToken[] = [
  ['nothing', '', /does not begin/],
  ['a prefix alone', TOKEN_PREFIX, /no JSON/],
  ['another prefix', TOKEN.replace('tfra1', 'tfra2'), /does not begin/],
  ['a prefix in capitals', TOKEN.replace('tfra1', 'TFRA1'), /does not begin/],
  ['a prefix with a Cyrillic letter', TOKEN.replace('a1', '\u04301'), /does not begin/],
  ['a request for an approval', TOKEN.replace('tfra1', 'tfrr1'), /does not begin/],
  ['no prefix', TOKEN.slice(TOKEN_PREFIX.length), /does not begin/],
  ['a blank before', ` ${TOKEN}`, /does not begin/],
  ['a line break after', `${TOKEN}\n`, /base64url/],
  ['a line break within', `${TOKEN.slice(0, 40)}\n${TOKEN.slice(40)}`, /base64url/],
  ['a null byte within', `${TOKEN.slice(0, 40)}\0${TOKEN.slice(40)}`, /base64url/],
  ['padding', `${TOKEN}=`, /base64url/],
  ['base64 with + and /', `${TOKEN}+/`, /base64url/],
  ['spare bits', `${tokenAround(`${GOOD} `).slice(0, -1)}h`, /base64url|canonical|no JSON/],
  ['a second token after it', `${TOKEN}.${TOKEN}`, /base64url/],
  ['full-width letters', `${TOKEN_PREFIX}\uff41\uff42`, /base64url/],
  ['a token of 10 MB', TOKEN_PREFIX + 'A'.repeat(10 * 1024 * 1024), /longer than/],
  ['one character too many', TOKEN_PREFIX + 'A'.repeat(MAX_TOKEN_CHARS), /longer than/],
  ['a token cut off', TOKEN.slice(0, -12), /no JSON|base64url/],
  ['bytes that are no text', tokenAround(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), /UTF-8/],
  [
    'an overlong encoding',
    tokenAround(Buffer.concat([Buffer.from(GOOD), Buffer.from([0xc0, 0x80])])),
    /UTF-8/,
  ],
  ['a byte order mark', tokenAround(`\ufeff${GOOD}`), /no JSON/],
  ['a blank more', around((json) => json.replace(':', ': ')), /canonical/],
  ['a line break at the end of the JSON', around((json) => `${json}\n`), /canonical/],
  ['another order', tokenAround(JSON.stringify(approvalOf())), /canonical/],
  ['a letter as an escape', around((json) => json.replace('approve', '\\u0061pprove')), /canonical/],
  ['a name as an escape', around((json) => json.replace('"decision"', '"\\u0064ecision"')), /canonical/],
  ['a name twice', around((json) => json.replace('{', '{"decision":"reject",')), /canonical/],
  [
    'a name twice, one as an escape',
    around((json) => json.replace('{', '{"\\u0064ecision":"reject",')),
    /canonical/,
  ],
  [
    'a request twice',
    around((json) => json.replace('"request"', `"request":"${'b'.repeat(64)}","request"`)),
    /canonical/,
  ],
  ['a version written as 1.0', around((json) => json.replace(':1,', ':1.0,')), /canonical/],
  ['a version written as 1e0', around((json) => json.replace(':1,', ':1e0,')), /canonical/],
  ['a version near 1', around((json) => json.replace(':1,', ':1.0000000000000000000001,')), /canonical/],
  ['a version beyond 2^53', around((json) => json.replace(':1,', ':9007199254740993,')), /schemaVersion/],
  ['a version without an end', around((json) => json.replace(':1,', ':1e999,')), /schemaVersion/],
  ['a negative zero', around((json) => json.replace(':1,', ':-0,')), /schemaVersion/],
  ['a comment', around((json) => `${json}//`), /no JSON/],
  ['a trailing comma', around((json) => json.replace(/\}$/, ',}')), /no JSON/],
  ['two documents', around((json) => json + json), /no JSON/],
  ['deep nesting', tokenAround('['.repeat(12_000)), /no JSON/],
  ['deep nesting that ends', tokenAround('['.repeat(6000) + ']'.repeat(6000)), /schemaVersion/],
  ['a list', tokenAround('[]'), /schemaVersion/],
  ['null', tokenAround('null'), /object/i],
  ['a text', tokenAround('"tfrepair-approval"'), /object/i],
  [
    '__proto__',
    around((json) => json.replace('{', '{"__proto__":{"decision":"approve"},')),
    /__proto__|canonical/,
  ],
  [
    '__proto__ in the proof',
    around((json) => json.replace('"kind"', '"__proto__":{"x":1},"kind"')),
    /__proto__|canonical/,
  ],
  ['__proto__ for the proof', around((json) => json.replace('"proof"', '"__proto__"')), /proof|__proto__/],
  ['constructor', tokenOf(approvalOf({ constructor: { prototype: { x: 1 } } })), /constructor|canonical/],
  ['prototype', tokenOf(approvalOf({ prototype: {} })), /prototype/],
  ['toString', tokenOf(approvalOf({ toString: 'x' })), /toString|canonical/],
  ['hasOwnProperty', tokenOf(approvalOf({ hasOwnProperty: 1 })), /hasOwnProperty|canonical/],
];

const SAID: readonly HostileToken[] = [
  ['no version', tokenOf(approvalOf({ schemaVersion: undefined })), /schemaVersion/],
  ['a newer version', tokenOf(approvalOf({ schemaVersion: 2 })), /schemaVersion/],
  ['a version that is text', tokenOf(approvalOf({ schemaVersion: '1' })), /schemaVersion/],
  ['another type', tokenOf(approvalOf({ type: 'tfrepair-request' })), /type/],
  ['no decision', tokenOf(approvalOf({ decision: undefined })), /decision/],
  ['another decision', tokenOf(approvalOf({ decision: 'approve-all' })), /decision/],
  ['a decision in capitals', tokenOf(approvalOf({ decision: 'APPROVE' })), /decision/],
  ['a decision with a Cyrillic letter', tokenOf(approvalOf({ decision: '\u0430pprove' })), /decision/],
  ['a decision of a prototype', tokenOf(approvalOf({ decision: 'constructor' })), /decision/],
  ['two decisions', tokenOf(approvalOf({ decision: ['reject', 'approve'] })), /decision/],
  ['no request', tokenOf(approvalOf({ request: undefined })), /request/],
  ['a request by its short name', tokenOf(approvalOf({ request: 'a'.repeat(12) })), /request/],
  ['a digest in capitals', tokenOf(approvalOf({ request: 'A'.repeat(64) })), /request/],
  ['a digest with a line break', tokenOf(approvalOf({ request: `${'a'.repeat(64)}\n` })), /request/],
  ['a digest too long', tokenOf(approvalOf({ request: 'a'.repeat(65) })), /request/],
  ['a digest of full-width digits', tokenOf(approvalOf({ request: '\uff10'.repeat(64) })), /request/],
  ['several requests', tokenOf(approvalOf({ request: ['a'.repeat(64)] })), /request/],
  ['an approval with a reason, which nobody has signed', tokenOf(approvalOf({ reason: 'fine' })), /reason/],
  ['an approval with a ticket, which nobody has signed', tokenOf(approvalOf({ ticket: 'ACME-1' })), /ticket/],
  [
    'a rejection with a ticket',
    tokenOf(approvalOf({ decision: 'reject', reason: 'no', ticket: 'ACME-1' })),
    /ticket/,
  ],
  [
    'a ticket with an escape sequence',
    tokenOf(approvalOf({ decision: 'break-glass', reason: 'x', ticket: '\u001b[2J' })),
    /ticket/,
  ],
  [
    'a ticket that runs backwards',
    tokenOf(approvalOf({ decision: 'break-glass', reason: 'x', ticket: '\u202ex' })),
    /ticket/,
  ],
  [
    'a word of the maker with a reason',
    tokenOf(approvalOf({ decision: 'prepare', reason: 'mine' })),
    /reason/,
  ],
  ['a rejection without a reason', tokenOf(approvalOf({ decision: 'reject' })), /reason/],
  ['a break-glass without a reason', tokenOf(approvalOf({ decision: 'break-glass' })), /reason/],
  ...(
    [
      ['an empty reason', ''],
      ['a reason that clears the screen', '\u001b[2J\u001b[H approved by everybody'],
      ['a reason that sets the window title', '\u001b]0;approved\u0007'],
      ['a reason with a C1 control', '\u009b31m'],
      ['a reason with a line break', 'no\nAPPROVED by jdoe'],
      ['a reason with a carriage return', 'rejected\rapproved'],
      ['a reason with a backspace', 'no\b\byes'],
      ['a reason with a null character', 'no\0'],
      ['a reason that runs backwards', '\u202edevorppa'],
      ['a reason with an isolate', '\u2066approved\u2069'],
      ['a reason with a zero-width space', 'un\u200bapproved'],
      ['a reason with a zero-width joiner', 'un\u200dapproved'],
      ['a reason with a soft hyphen', 'un\u00adapproved'],
      ['a reason with a line separator', 'no\u2028approved'],
      ['a reason with a byte order mark', '\ufeffno'],
      ['a reason with a tag character', 'no\u{e0041}'],
      ['a reason of private use', '\ue000'],
      ['a reason without an end', 'a'.repeat(5000)],
    ] as const
  ).map(([name, reason]): HostileToken => [
    name,
    tokenOf(approvalOf({ decision: 'reject', reason })),
    /reason/,
  ]),
  [
    'half a character',
    around((json) =>
      json.replace('"approve"', '"reject"').replace('"request"', '"reason":"\\ud800","request"'),
    ),
    /reason/,
  ],
  ['a name that nobody knows', tokenOf(approvalOf({ note: 'x' })), /note/],
  ['a second proof', tokenOf(approvalOf({ proofs: [stsProofOf()] })), /proofs/],
  ['a name of the approver', tokenOf(approvalOf({ person: 'jdoe' })), /person/],
  ['no proof', tokenOf(approvalOf({ proof: undefined })), /proof/],
  ['a proof of nothing', tokenOf(approvalOf({ proof: null })), /proof/],
  ['a list of proofs', tokenOf(approvalOf({ proof: [stsProofOf()] })), /proof/],
  ['a proof of another kind', proof({ kind: 'gpg' }), /proof/],
  ['a proof of no kind', proof({ kind: undefined }), /proof/],
];

/** Tokens that are no approvals, whatever they claim. */
export const HOSTILE_TOKENS: readonly HostileToken[] = [...WRITTEN, ...SAID, ...HOSTILE_PROOF_FIELDS];
