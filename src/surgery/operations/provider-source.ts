import { UsageError } from '../../errors.js';

const DEFAULT_HOST = 'registry.terraform.io';
const DEFAULT_NAMESPACE = 'hashicorp';

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?$`);
/** No two dashes in a row, and none at an end. */
const PART = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** That of providers from before they had namespaces. */
const NO_NAMESPACE = '-';

/**
 * The full source address of a provider: `aws` and `hashicorp/aws` are `registry.terraform.io/hashicorp/aws`.
 *
 * @throws UsageError `ProviderInvalid`
 * @see https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses
 */
export function fullSource(text: string): string {
  const source = parseSource(text);
  if (source !== undefined) return source;
  throw new UsageError('ProviderInvalid', `${text} is no source address of a provider`, {
    hint: 'write it as hashicorp/aws or example.com/namespace/name',
  });
}

/** As `fullSource`; undefined where it throws. */
export function parseSource(text: string): string | undefined {
  const parts = text.toLowerCase().split('/');
  if (parts.length > 3) return undefined;
  const [type = '', namespace = DEFAULT_NAMESPACE, host = DEFAULT_HOST] = parts.toReversed();
  const isKnownNamespace = PART.test(namespace) || (namespace === NO_NAMESPACE && host === DEFAULT_HOST);
  // A repository's name is often given by mistake; Terraform refuses it, too.
  const isType = PART.test(type) && !type.startsWith('terraform-');
  if (!isType || !isKnownNamespace || !HOST.test(host)) return undefined;
  return `${host.replace(/:443$/, '')}/${namespace}/${type}`;
}
