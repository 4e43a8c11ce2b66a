import { WrongShape } from '../shape.js';

/** The provider configuration that an instance belongs to. */
export interface ProviderReference {
  /** e.g. `registry.terraform.io/hashicorp/aws` */
  readonly source: string;
  /** With the instance key of OpenTofu's `for_each`, where there is one. */
  readonly alias: string | undefined;
}

/** `module.a.provider["registry.terraform.io/hashicorp/aws"].west`, since Terraform 0.13. */
const PRESENT = /^(?:module\..+\.)?provider\["([^"]+)"\](?:\.(.+))?$/s;
/** `module.a.provider.aws.west`, before Terraform 0.13, when providers had no source address. */
const LEGACY = /^(?:module\..+\.)?provider\.([^.]+)(?:\.(.+))?$/s;
/** Where Terraform 0.13 and later look for such a provider. */
const LEGACY_NAMESPACE = 'registry.terraform.io/-/';

/** Reads the `provider` of a state's resource. @throws WrongShape */
export function parseProviderReference(text: string): ProviderReference {
  const [, source, alias] = PRESENT.exec(text) ?? [];
  if (source !== undefined) return { source, alias };
  const [, type, legacyAlias] = LEGACY.exec(text) ?? [];
  if (type !== undefined) return { source: `${LEGACY_NAMESPACE}${type}`, alias: legacyAlias };
  throw new WrongShape('provider', 'the address of a provider configuration');
}

/** Remembers what it has read: a state names a few providers thousands of times. */
export function providerReferences(): (text: string) => ProviderReference {
  const known = new Map<string, ProviderReference>();
  return (text) => {
    const reference = known.get(text) ?? parseProviderReference(text);
    known.set(text, reference);
    return reference;
  };
}
