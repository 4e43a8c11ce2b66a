import { shellLine } from '../shell-words.js';
import type { RootDiagnosis } from './diagnosis.js';
import type { Repair } from './finding.js';

/** The line that repairs it with tfrepair, ready to be pasted; undefined when that is done elsewhere. */
export function repairLine({ command }: Repair, root: RootDiagnosis): string | undefined {
  return command === undefined ? undefined : shellLine(['tfrepair', ...command, ...rootWords(root)]);
}

/** The same with plain terraform, in the root's folder; undefined when there is no such command. */
export function terraformLine({ terraform }: Repair): string | undefined {
  if (terraform === undefined) return undefined;
  return shellLine(terraform[0] === 'terraform' ? terraform : ['terraform', ...terraform]);
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
