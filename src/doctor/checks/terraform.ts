import type { ProgramAnswer } from '../../clients/ask-program.js';
import {
  GET_TERRAFORM,
  isRecentEnough,
  NAME_TERRAFORM,
  OLDEST_VERSION,
  versionIn,
} from '../../terraform/executable.js';
import { missing, ok, wrong, type Check, type CheckResult } from '../check.js';

export const terraform: Check = {
  title: 'terraform or tofu',
  purpose: 'plan and diagnosis',
  examine: async ({ ask }, { terraformBin }) => {
    for (const name of terraformBin === undefined ? ['terraform', 'tofu'] : [terraformBin]) {
      const answer = await ask(name, ['version']);
      const advice = terraformBin === undefined ? GET_TERRAFORM : NAME_TERRAFORM;
      if (answer.kind !== 'absent') return judge(name, answer, advice);
    }
    if (terraformBin !== undefined) return wrong(`${terraformBin} is not there`, NAME_TERRAFORM);
    return missing('not on PATH', `${GET_TERRAFORM}, or name it with --terraform-bin`);
  },
};

function judge(
  name: string,
  answer: Exclude<ProgramAnswer, { kind: 'absent' }>,
  advice: string,
): CheckResult {
  if (answer.kind === 'failed') return wrong(`${name}: ${answer.why}`, advice);
  const found = versionIn(answer.stdout);
  if (found === undefined) return wrong(`${name} does not say its version`, advice);
  const words = `${found.product} ${found.version}`;
  return isRecentEnough(found.version)
    ? ok(words)
    : wrong(`${words} is too old`, `${OLDEST_VERSION} or later is needed: ${advice}`);
}
