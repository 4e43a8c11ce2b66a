import type { JsonObject } from '../../json.js';

/** The namespace that a spec stands in, as far as rendering needs it. */
export interface SpecNamespace {
  readonly name: string;
  readonly path: string;
  readonly cluster: { readonly name: string; readonly region: string | null };
  readonly environment: string;
  readonly app: string;
}

/** One external resource: an element of a namespace's `externalResources[].resources[]`. */
export interface Spec {
  readonly provider: string;
  readonly identifier: string;
  readonly account: string;
  readonly namespace: SpecNamespace;
  /** The fields as GraphQL answered them, `null` for those that are not set. */
  readonly fields: JsonObject;
}

/** `{identifier}-{provider}`, the start of the names of all outputs of the spec. */
export function outputPrefix(spec: Pick<Spec, 'identifier' | 'provider'>): string {
  return `${spec.identifier}-${spec.provider.replaceAll('_', '-')}`;
}

/** Name of the Kubernetes Secret that gets the outputs. */
export function outputResourceName(spec: Spec): string {
  const own = spec.fields['output_resource_name'];
  return typeof own === 'string' && own !== '' ? own : outputPrefix(spec);
}

/** How messages name a spec: `namespace payments-prod, sqs "payments-queue"`. */
export function specLabel(spec: Spec): string {
  return `namespace ${spec.namespace.name}, ${spec.provider} "${spec.identifier}"`;
}

/** The tags of every resource of a spec. */
export function specTags(spec: Spec): Record<string, string> {
  return {
    managed_by_integration: 'terraform_resources',
    cluster: spec.namespace.cluster.name,
    namespace: spec.namespace.name,
    environment: spec.namespace.environment,
    app: spec.namespace.app,
  };
}
