import gt from 'semver/functions/gt.js';
import valid from 'semver/functions/valid.js';

import { satisfiesConstraint } from '../../terraform/version-constraint.js';
import type { Facts } from '../facts.js';
import type { Finding } from '../finding.js';
import { elsewhere, finding } from '../repairs.js';
import { said } from '../words.js';

/** The version that runs is not one that the state or the configuration can do with. */
export function wrongTerraformVersion(facts: Facts): Finding[] {
  const { config, terraformVersion } = facts.evidence;
  const error = facts.errors.find(({ kind }) => kind === 'wrong-version');
  if (error !== undefined) {
    return [
      wrong('blocker', 'this Terraform cannot work with the state or the configuration', {
        source: 'terraform',
        text: said(error.diagnostic),
      }),
    ];
  }
  if (terraformVersion === undefined) return [];
  const required = config?.requiredVersion;
  if (required !== undefined && satisfiesConstraint(terraformVersion, required) === false) {
    return [
      wrong('blocker', `the configuration requires Terraform ${required}, not ${terraformVersion}`, {
        source: 'config',
        text: `required_version = ${JSON.stringify(required)}`,
      }),
    ];
  }
  const written = facts.evidence.state?.terraformVersion;
  if (written === undefined || valid(written) === null || valid(terraformVersion) === null) return [];
  if (!gt(written, terraformVersion)) return [];
  return [
    wrong('warning', `the state was written by Terraform ${written}, newer than ${terraformVersion}`, {
      source: 'state',
      text: `terraform_version is ${written}`,
    }),
  ];
}

function wrong(
  severity: Finding['severity'],
  summary: string,
  evidence: Finding['evidence'][number],
): Finding {
  return finding({
    code: 'wrong-terraform-version',
    severity,
    summary,
    evidence: [evidence],
    leaveStateAlone: 'an older Terraform may lose what a newer one has written',
    repairs: [elsewhere('use the version that the loop uses (--terraform-bin)')],
  });
}
