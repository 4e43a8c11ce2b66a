import type { Finding, FindingCode } from './finding.js';
import { INIT_FAILED } from './rules/plan-error.js';

/** What a finding makes superfluous of what others say about the same addresses. */
const EXPLAINS: Readonly<Partial<Record<FindingCode, readonly FindingCode[]>>> = {
  renamed: ['not-in-config', 'not-in-state', 'changed-outside'],
  'duplicate-id': ['not-in-config'],
  'recreated-outside': ['deleted-outside', 'changed-outside', 'not-in-state', 'plan-error'],
  'missing-dependency': ['cannot-read', 'plan-error'],
  'not-in-config': ['changed-outside'],
  'newer-provider': ['plan-error', 'changed-outside'],
  tainted: ['changed-outside'],
};

/** What looks missing or new with another account's credentials is neither. */
const BY_WRONG_ACCOUNT = new Set<FindingCode>([
  'deleted-outside',
  'changed-outside',
  'recreated-outside',
  'missing-dependency',
  'not-in-state',
  'cannot-read',
]);

/** The findings without those that another one explains better. */
export function withoutExplained(findings: readonly Finding[]): Finding[] {
  const isWrongAccount = findings.some(
    ({ code, confidence }) => code === 'wrong-account' && confidence !== 'possible',
  );
  const explained = new Set<string>();
  for (const { code, addresses } of findings) {
    for (const other of EXPLAINS[code] ?? []) {
      for (const address of addresses) explained.add(`${other} ${address}`);
    }
  }
  const hasReplacedProvider = findings.some(
    ({ code, severity }) => code === 'provider-replaced' && severity === 'blocker',
  );
  return findings.filter((one) => {
    const { code, addresses } = one;
    if (isWrongAccount && BY_WRONG_ACCOUNT.has(code)) return false;
    if (hasReplacedProvider && isOfInit(one)) return false;
    const [address] = addresses;
    return address === undefined || !explained.has(`${code} ${address}`);
  });
}

/** Whether it says no more than that init has to be run, or failed. */
function isOfInit({ code, summary, repairs }: Finding): boolean {
  return (
    code === 'plan-error' &&
    (summary === INIT_FAILED || repairs.some(({ terraform }) => terraform?.[0] === 'init'))
  );
}
