import type { Picture, PictureNode } from './dependents.js';
import { layersOf } from './layers.js';

/** A node with its place; all lengths are in CSS pixels. */
export interface PlacedNode {
  readonly node: PictureNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly label: NodeLabel;
}

/** What is written on a node: `module.network` and `aws_db_instance` above `booking-db`, cut where too long. */
export interface NodeLabel {
  readonly type: string;
  readonly name: string;
}

export interface PlacedPicture {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  /** SVG path data of the edges. */
  readonly edges: readonly string[];
}

export const NODE_HEIGHT = 48;

const COLUMN_GAP = 56;
const ROW_GAP = 14;
const MARGIN = 12;
/** Room for the severity's mark, and at the right. */
const PADDING = 46;
const MIN_WIDTH = 132;
/** The widest glyphs of a monospaced font at the two sizes that are used. */
const NAME_GLYPH = 7.9;
const TYPE_GLYPH = 6.8;
const MAX_LETTERS = 34;

interface Point {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Gives everything in a picture its place: layers from left to right, each centred. */
export function placePicture({ nodes, edges }: Picture): PlacedPicture {
  const { layers, routes } = layersOf(nodes.length, edges);
  const labels = nodes.map(labelOf);
  const widths = layers.map((layer) => columnWidth(layer, labels));
  const tallest = Math.max(...layers.map((layer) => layer.length), 1);
  const height = tallest * (NODE_HEIGHT + ROW_GAP) - ROW_GAP + 2 * MARGIN;
  const points = new Map<number, Point>();
  let x = MARGIN;
  layers.forEach((layer, column) => {
    const width = widths[column] ?? MIN_WIDTH;
    const top = (height - layer.length * (NODE_HEIGHT + ROW_GAP) + ROW_GAP) / 2;
    layer.forEach((node, row) => points.set(node, { x, y: top + row * (NODE_HEIGHT + ROW_GAP), width }));
    x += width + COLUMN_GAP;
  });
  const placed = nodes.flatMap((node, i) => {
    const point = points.get(i);
    const label = labels[i];
    return point === undefined || label === undefined ? [] : [{ node, label, ...point }];
  });
  return {
    width: Math.ceil(x - COLUMN_GAP + MARGIN),
    height: Math.ceil(height),
    nodes: placed,
    edges: routes.map((route) => pathOf(route.flatMap((node) => points.get(node) ?? []))),
  };
}

function columnWidth(layer: readonly number[], labels: readonly NodeLabel[]): number {
  const widths = layer.flatMap((node) => {
    const label = labels[node];
    if (label === undefined) return [];
    return Math.max(label.name.length * NAME_GLYPH, label.type.length * TYPE_GLYPH) + PADDING;
  });
  return Math.ceil(Math.max(MIN_WIDTH, ...widths));
}

/** A curve from the right of the first node through the bends to the left of the last. */
function pathOf(points: readonly Point[]): string {
  const middle = ({ y }: Point): number => y + NODE_HEIGHT / 2;
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let x = first.x + first.width;
  let y = middle(first);
  let path = `M${x} ${y}`;
  for (const [i, point] of rest.entries()) {
    const half = x + (point.x - x) / 2;
    path += `C${half} ${y} ${half} ${middle(point)} ${point.x} ${middle(point)}`;
    x = point.x;
    y = middle(point);
    if (i === rest.length - 1) break;
    x += point.width;
    path += `H${x}`;
  }
  return path;
}

/** The last two parts of an address are its type and name; what stands before is the module. */
function labelOf({ address, instances }: PictureNode): NodeLabel {
  const dot = address.lastIndexOf('.');
  const several = instances > 1 ? ` ×${instances}` : '';
  if (dot === -1) return { type: '', name: cut(address) + several };
  return { type: cutStart(address.slice(0, dot)), name: cut(address.slice(dot + 1)) + several };
}

function cut(text: string): string {
  return text.length <= MAX_LETTERS ? text : `${text.slice(0, MAX_LETTERS - 1)}…`;
}

/** Cuts the module, not the type. */
function cutStart(text: string): string {
  return text.length <= MAX_LETTERS ? text : `…${text.slice(1 - MAX_LETTERS)}`;
}
