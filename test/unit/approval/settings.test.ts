import { describe, expect, test } from '@jest/globals';

import { approvalSettings, DEFAULT_SETTINGS } from '../../../src/approval/settings.js';
import { EMPTY_CONFIG } from '../../../src/config/config.js';
import { parseConfig } from '../../../src/config/load.js';

describe('the settings of approvals', () => {
  test('ask for one reviewer, within a day, with either proof, where nothing is said', () => {
    expect(approvalSettings(EMPTY_CONFIG)).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS).toMatchObject({ reviewers: 1, maxAge: 86_400_000, breakGlass: false });
    expect(DEFAULT_SETTINGS).toMatchObject({ proofs: ['sts', 'ssh'], trustedRoles: [] });
  });

  test('are those of the file, with paths beside it', () => {
    const role = 'arn:aws:iam::123456789012:role/sre';
    const config = parseConfig(
      `[tfrepair.approval]
      proofs = ["ssh"]
      reviewers = 2
      max_age = "90m"
      allowed_signers = "allowed_signers"
      ssh_key = "/keys/id_ed25519.pub"
      trusted_roles = ["${role}"]
      break_glass = true`,
      '/etc/tfrepair/config.toml',
    );
    expect(approvalSettings(config)).toEqual({
      ...{ proofs: ['ssh'], reviewers: 2, maxAge: 5_400_000, trustedRoles: [role], breakGlass: true },
      ...{ allowedSigners: '/etc/tfrepair/allowed_signers', sshKey: '/keys/id_ed25519.pub' },
    });
  });
});
