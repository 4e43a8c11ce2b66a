import type { RootDiagnosis } from '../../diagnosis/diagnosis.js';
import type { Severity } from '../../diagnosis/finding.js';
import { SEVERITIES } from '../../diagnosis/tally.js';

/** One resource of the picture; its instances are one node. */
export interface PictureNode {
  /** The resource's address, without an instance key. */
  readonly address: string;
  /** The worst of the findings that name it; undefined: it only depends on a suspect. */
  readonly severity: Severity | undefined;
  readonly instances: number;
}

/** What the picture shows: the suspects and everything that depends on them. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Resources that would have been too many. */
  readonly hidden: number;
}

/** `to` depends on `from`; both are indices of nodes. */
export interface PictureEdge {
  readonly from: number;
  readonly to: number;
}

/** More resources than this are no picture any more. */
const MAX_NODES = 60;

/** The suspects of a root and, transitively, what depends on them, nearest first. Linear in the resources. */
export function pictureOf(root: RootDiagnosis): Picture {
  const instances = instanceCounts(root);
  const dependents = dependentsOf(root);
  const severities = suspects(root);
  const found = new Set(severities.keys());
  // A set can grow while it is walked: what is added is walked, too.
  for (const address of found) for (const next of dependents.get(address) ?? []) found.add(next);
  const shown = [...found].slice(0, MAX_NODES);
  const indices = new Map(shown.map((address, i) => [address, i]));
  const edges = shown.flatMap((address, from) =>
    [...(dependents.get(address) ?? [])].flatMap((next) => {
      const to = indices.get(next);
      return to === undefined || to === from ? [] : [{ from, to }];
    }),
  );
  const nodes = shown.map((address) => ({
    address,
    severity: severities.get(address),
    instances: instances.get(address) ?? 1,
  }));
  return { nodes, edges, hidden: found.size - shown.length };
}

/** An address without the key of its instance, e.g. `module.a["x"].aws_sqs_queue.q` of `…q[0]`. */
export function resourceOf(address: string): string {
  if (!address.endsWith(']')) return address;
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/s, '');
}

function instanceCounts({ resources }: RootDiagnosis): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { address } of resources) {
    const resource = resourceOf(address);
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
  }
  return counts;
}

/** For each resource, the resources that name it as a dependency. */
function dependentsOf({ resources }: RootDiagnosis): Map<string, Set<string>> {
  const dependents = new Map<string, Set<string>>();
  for (const { address, dependencies } of resources) {
    for (const dependency of dependencies) {
      const known = dependents.get(dependency) ?? new Set();
      dependents.set(dependency, known.add(resourceOf(address)));
    }
  }
  return dependents;
}

/** The suspects with the worst of their severities, in the order of the findings. */
function suspects({ findings }: RootDiagnosis): Map<string, Severity> {
  const severities = new Map<string, Severity>();
  for (const { severity, addresses } of findings) {
    for (const resource of addresses.map(resourceOf)) {
      const known = severities.get(resource);
      if (known === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known)) {
        severities.set(resource, severity);
      }
    }
  }
  return severities;
}
