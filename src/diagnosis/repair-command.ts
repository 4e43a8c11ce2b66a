import { shellLine } from '../shell-words.js';
import type { RootDiagnosis } from './diagnosis.js';
import type { Repair, RepairStep } from './finding.js';

/** The line that repairs it with tfrepair, ready to be pasted, with what has to be done before; undefined when that is done elsewhere. */
export function repairLine(repair: Repair, root: RootDiagnosis): string | undefined {
  return joined(repair, ({ command }) => command && ['tfrepair', ...command, ...rootWords(root)]);
}

/** The same with plain terraform, in the root's folder; undefined when there is no such command. */
export function terraformLine(repair: Repair): string | undefined {
  return joined(repair, ({ terraform }) =>
    terraform?.[0] === 'terraform' ? terraform : terraform && ['terraform', ...terraform],
  );
}

/** The second command runs only when the first has worked. */
function joined(
  repair: Repair,
  wordsOf: (step: RepairStep) => readonly string[] | undefined,
): string | undefined {
  const words = wordsOf(repair);
  const before = repair.first === undefined ? undefined : wordsOf(repair.first);
  if (words === undefined) return undefined;
  return [before, words].flatMap((one) => (one === undefined ? [] : [shellLine(one)])).join(' && ');
}

/** The line that diagnoses this root alone; undefined for a log, which may have come from a pipe. */
export function diagnoseLine(root: RootDiagnosis): string | undefined {
  return root.kind === 'log' ? undefined : shellLine(['tfrepair', 'diagnose', ...rootWords(root)]);
}

function rootWords({ kind, name }: RootDiagnosis): string[] {
  switch (kind) {
    case 'account':
      return ['--account', name];
    case 'folder':
      return ['--dir', name];
    case 'log':
      return [];
  }
}
