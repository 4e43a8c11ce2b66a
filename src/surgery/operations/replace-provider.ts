import { RefusedError, UsageError } from '../../errors.js';
import { nearest } from '../../nearest.js';
import type { Draft, DraftResource } from './draft.js';
import { addressNotFound } from './not-found.js';
import type { ReplaceProviderOperation } from './operation.js';
import { fullSource, parseSource } from './provider-source.js';
import { readTarget } from './targets.js';

/** `module.a.provider["registry.terraform.io/hashicorp/aws"].west`; before Terraform 0.13: `module.a.provider.aws.west`. */
const REFERENCE = /^((?:.+\.)?)provider(?:\["([^"]+)"\]|\.([^.]+))((?:\..+)?)$/s;

/**
 * Writes another provider into all resources that have the one, or into some of them. The provider configuration (its alias
 * and its module) stays.
 *
 * @throws UsageError `ProviderInvalid`, `ProviderNotFound`, `AddressInvalid`, `AddressNotFound`
 * @throws RefusedError `StateUnsupported`
 */
export function replaceProvider(draft: Draft, { from, to, addresses }: ReplaceProviderOperation): void {
  const source = fullSource(from);
  const target = fullSource(to);
  if (draft.document.parts.hasInstanceProviders) {
    throw new RefusedError('StateUnsupported', 'instances in this state have providers of their own', {
      hint: 'let "tofu state replace-provider" do it',
    });
  }
  if (source === target) {
    throw new UsageError('ProviderInvalid', `${from} and ${to} are the same provider`, {
      hint: 'name another one to replace it with',
    });
  }
  const change = (reference: string): string | undefined => replaced(reference, source, target);
  const count = addresses === undefined ? replaceAll(draft, change) : replaceSome(draft, addresses, change);
  if (count === 0) throw providerNotFound(draft, source);
}

type Change = (reference: string) => string | undefined;

function replaced(reference: string, source: string, target: string): string | undefined {
  const { before, found, after } = partsOf(reference);
  return found === source ? `${before}provider["${target}"]${after}` : undefined;
}

function partsOf(reference: string): { before: string; found: string | undefined; after: string } {
  const [, before = '', present, legacy, after = ''] = REFERENCE.exec(reference) ?? [];
  const found = present ?? (legacy === undefined ? undefined : `-/${legacy}`);
  return { before, found: found === undefined ? undefined : parseSource(found), after };
}

function replaceAll(draft: Draft, change: Change): number {
  let count = 0;
  for (const reference of referencesIn(draft)) {
    const current = draft.providers.get(reference) ?? reference;
    const next = change(current);
    if (next === undefined) continue;
    draft.providers.set(reference, next);
    count++;
  }
  for (const resource of draft.live()) {
    const next = resource.provider === undefined ? undefined : change(resource.provider);
    if (next === undefined) continue;
    resource.provider = next;
    count++;
  }
  return count;
}

/** Of all resources that are still there and have not got one of their own; as the document writes them. */
function referencesIn(draft: Draft): Set<string> {
  const { document } = draft;
  const references = new Set<string>();
  for (let row = 0; row < document.resourceCount; row++) {
    if (draft.opened(row) === undefined) references.add(document.providerOf(row));
  }
  for (const { provider, row } of draft.live()) {
    if (provider === undefined) references.add(document.providerOf(row));
  }
  return references;
}

function replaceSome(draft: Draft, addresses: readonly string[], change: Change): number {
  let count = 0;
  for (const resource of addresses.map((address) => resourceAt(draft, address))) {
    const next = change(providerOf(draft, resource));
    if (next === undefined) continue;
    resource.provider = next;
    count++;
  }
  return count;
}

function resourceAt(draft: Draft, text: string): DraftResource {
  const target = readTarget(text);
  if (target.kind === 'resource' && target.address.key === undefined) {
    const resource = draft.find(target.address);
    if (resource !== undefined) return resource;
    throw addressNotFound(draft.document, target);
  }
  throw new UsageError('AddressInvalid', `${text} is not a whole resource, which alone has a provider`, {
    hint: 'leave the key out, or name the resources of the module',
  });
}

/** The reference that will be written. */
export function providerOf(draft: Draft, { provider, row }: DraftResource): string {
  const written = draft.document.providerOf(row);
  return provider ?? draft.providers.get(written) ?? written;
}

function providerNotFound(draft: Draft, source: string): UsageError {
  const known = [...referencesIn(draft)].map((reference) => partsOf(reference).found ?? reference);
  const near = nearest(source, known);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${known.join(', ')}`;
  return new UsageError('ProviderNotFound', `no resource there has the provider ${source}`, { hint });
}
