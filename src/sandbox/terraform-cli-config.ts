import type { ProviderMirror } from './provider-mirror.js';

/**
 * The text of a terraform CLI configuration of our own: no look for updates, and what a mirror has is installed from
 * there alone, the rest from the registry.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file
 */
export function terraformCliConfig(mirror: ProviderMirror | undefined): string {
  const lines = ['disable_checkpoint = true', ''];
  if (mirror !== undefined) {
    const providers = mirror.providers.map(quote).join(', ');
    lines.push(
      'provider_installation {',
      '  filesystem_mirror {',
      `    path    = ${quote(mirror.folder)}`,
      `    include = [${providers}]`,
      '  }',
      '  direct {',
      `    exclude = [${providers}]`,
      '  }',
      '}',
      '',
    );
  }
  return lines.join('\n');
}

/** An HCL string. In the CLI configuration (HCL 1) `${` would start an interpolation. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${');
}
