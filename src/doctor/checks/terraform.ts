import gte from 'semver/functions/gte.js';
import parse from 'semver/functions/parse.js';

import type { ProgramAnswer } from '../../clients/ask-program.js';
import { missing, ok, wrong, type Check, type CheckResult } from '../check.js';

/** The first release whose `plan -json`, plan file and state format are the ones read here. */
const OLDEST = '1.0.0';

const GET_IT =
  'install terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org)';
const NAME_IT = 'correct --terraform-bin, TFREPAIR_TERRAFORM_BIN or terraform_bin in [tfrepair]';

export const terraform: Check = {
  title: 'terraform or tofu',
  purpose: 'plan and diagnosis',
  examine: async ({ ask }, { terraformBin }) => {
    for (const name of terraformBin === undefined ? ['terraform', 'tofu'] : [terraformBin]) {
      const answer = await ask(name, ['version']);
      if (answer.kind !== 'absent') return judge(name, answer, terraformBin === undefined ? GET_IT : NAME_IT);
    }
    if (terraformBin !== undefined) return wrong(`${terraformBin} is not there`, NAME_IT);
    return missing('not on PATH', `${GET_IT}, or name it with --terraform-bin`);
  },
};

/** `terraform version` begins with `Terraform v1.11.4`, `tofu version` with `OpenTofu v1.9.0`. */
function judge(
  name: string,
  answer: Exclude<ProgramAnswer, { kind: 'absent' }>,
  advice: string,
): CheckResult {
  if (answer.kind === 'failed') return wrong(`${name}: ${answer.why}`, advice);
  const [, product, number] =
    /^(Terraform|OpenTofu) v(\d{1,5}\.\d{1,5}\.\d{1,5}\S{0,20})$/m.exec(answer.stdout) ?? [];
  const version = parse(number);
  if (product === undefined || version === null) return wrong(`${name} does not say its version`, advice);
  const found = `${product === 'OpenTofu' ? 'tofu' : 'terraform'} ${version.version}`;
  return gte(version, OLDEST)
    ? ok(found)
    : wrong(`${found} is too old`, `${OLDEST} or later is needed: ${advice}`);
}
