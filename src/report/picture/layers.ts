import type { PictureEdge } from './dependents.js';

/** Nodes in layers from left to right; an edge leads from a layer to the very next one. */
export interface Layers {
  /** Which nodes each layer has, from top to bottom. Numbers from `nodes` on are bends of long edges. */
  readonly layers: readonly (readonly number[])[];
  /** The nodes that each edge passes, its ends included. */
  readonly routes: readonly (readonly number[])[];
}

/** More sweeps do not untangle a small picture any further. */
const SWEEPS = 6;

/**
 * Puts nodes into layers, each to the right of all that it depends on, bends edges that are longer than one layer, and
 * orders each layer so that few edges cross (Sugiyama's method with barycentres).
 *
 * @param nodes how many there are
 */
export function layersOf(nodes: number, edges: readonly PictureEdge[]): Layers {
  const depths = depthsOf(nodes, edges);
  const layers: number[][] = [];
  depths.forEach((depth, node) => {
    (layers[depth] ??= []).push(node);
  });
  const forward = edges.filter(({ from, to }) => (depths[from] ?? 0) < (depths[to] ?? 0));
  let bends = nodes;
  const routes = forward.map(({ from, to }) => {
    const route = [from];
    for (let depth = (depths[from] ?? 0) + 1; depth < (depths[to] ?? 0); depth += 1) {
      layers[depth]?.push(bends);
      route.push(bends);
      bends += 1;
    }
    return [...route, to];
  });
  return { layers: untangled(layers, routes), routes };
}

/** How many edges lie at most between each node and the left; an edge that closes a circle does not count. */
function depthsOf(nodes: number, edges: readonly PictureEdge[]): number[] {
  const incoming = neighbours(
    nodes,
    edges.map(({ from, to }): [number, number] => [to, from]),
  );
  const depths: (number | undefined)[] = Array.from({ length: nodes });
  const open = new Set<number>();
  const visit = (node: number): number => {
    const known = depths[node];
    if (known !== undefined) return known;
    if (open.has(node)) return -1;
    open.add(node);
    const depth = Math.max(0, ...(incoming[node] ?? []).map((from) => visit(from) + 1));
    open.delete(node);
    depths[node] = depth;
    return depth;
  };
  return Array.from({ length: nodes }, (_, node) => visit(node));
}

/** The layers, each ordered by the mean place of its nodes' neighbours, sweeping to and fro. */
function untangled(layers: readonly number[][], routes: readonly (readonly number[])[]): number[][] {
  const links = routes.flatMap((route) =>
    route.slice(1).map((node, i): [number, number] => [route[i] ?? node, node]),
  );
  const size = layers.flat().length;
  const left = neighbours(
    size,
    links.map(([from, to]): [number, number] => [to, from]),
  );
  const right = neighbours(size, links);
  let ordered = layers.map((layer) => [...layer]);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const rightwards = sweep % 2 === 0;
    const order = ordered.map((_, i) => (rightwards ? i : ordered.length - 1 - i)).slice(1);
    const next = ordered.map((layer) => [...layer]);
    for (const i of order) {
      const beside = next[rightwards ? i - 1 : i + 1] ?? [];
      next[i] = byBarycentre(next[i] ?? [], beside, rightwards ? left : right);
    }
    ordered = next;
  }
  return ordered;
}

function byBarycentre(
  layer: readonly number[],
  beside: readonly number[],
  neighboursOf: readonly (readonly number[])[],
): number[] {
  const places = new Map(beside.map((node, place) => [node, place]));
  const centre = (node: number, own: number): number => {
    const found = (neighboursOf[node] ?? []).flatMap((other) => places.get(other) ?? []);
    return found.length === 0 ? own : found.reduce((sum, place) => sum + place, 0) / found.length;
  };
  return layer
    .map((node, own) => ({ node, centre: centre(node, own), own }))
    .sort((a, b) => a.centre - b.centre || a.own - b.own)
    .map(({ node }) => node);
}

function neighbours(size: number, links: readonly (readonly [number, number])[]): number[][] {
  const lists: number[][] = Array.from({ length: size }, () => []);
  for (const [from, to] of links) lists[from]?.push(to);
  return lists;
}
