import { expect, test } from '@jest/globals';

import { terraformCliConfig } from '../../../src/sandbox/terraform-cli-config.js';

test('without a mirror everything comes from the registry', () => {
  expect(terraformCliConfig(undefined)).toBe('disable_checkpoint = true\n');
});

test('what the mirror has comes from it alone, the rest from the registry', () => {
  const providers = ['registry.terraform.io/hashicorp/aws', 'registry.terraform.io/hashicorp/time'];
  expect(terraformCliConfig({ folder: '/srv/it is "here"', providers })).toBe(
    `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = "/srv/it is \\"here\\""
    include = ["registry.terraform.io/hashicorp/aws", "registry.terraform.io/hashicorp/time"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws", "registry.terraform.io/hashicorp/time"]
  }
}
`,
  );
});
