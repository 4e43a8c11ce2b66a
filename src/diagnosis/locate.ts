import type { Diagnostic } from '../terraform/plan/plan.js';
import type { StateIndex } from '../terraform/state/state-index.js';
import type { StateInstance } from '../terraform/state/state.js';

/** What addresses look like in running text: `aws_sqs_queue.q`, `module.a["x"].aws_sqs_queue.q[0]`. */
const ADDRESS =
  /(?:module\.[\p{ID_Start}_][\p{ID_Continue}-]*(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.){0,20}[a-z][a-z0-9]*_[a-z0-9_]+\.[\p{ID_Start}_][\p{ID_Continue}-]*(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?/gu;

/** What may be an id, an ARN, a URL or a name: in parentheses, in quotes, or a word of its own. */
const NAMED = /\(([^()\s][^()]{0,500})\)|"([^"\n]{1,500})"|'([^'\n]{1,500})'|\[id=([^\]\n]{1,500})\]/g;
const ARN_OR_URL = /\b(?:arn:aws[\w-]*:[^\s"'(),]+|https?:\/\/[^\s"'(),]+)/g;

/** A diagnostic's text beyond this is not searched. */
const MAX_TEXT = 20_000;

/**
 * The addresses that a diagnostic is about: its own; else those that its text names; else those of the objects whose
 * ids stand in the text, of the type that the text speaks of when several have the id.
 *
 * @param isKnown whether an address is in the state or its resource in the configuration
 */
export function locate(
  diagnostic: Diagnostic,
  index: StateIndex | undefined,
  isKnown: (address: string) => boolean,
): readonly string[] {
  if (diagnostic.address !== undefined && !diagnostic.address.startsWith('provider['))
    return [diagnostic.address];
  const text = `${diagnostic.summary}\n${diagnostic.detail}`.slice(0, MAX_TEXT);
  const named = unique([...text.matchAll(ADDRESS)].map(([address]) => address).filter(isKnown));
  if (named.length > 0 || index === undefined) return named;
  return unique(objectsIn(text, index).map(({ address }) => address));
}

/** The managed objects whose ids a text names. */
export function objectsIn(text: string, index: StateIndex): readonly StateInstance[] {
  const spoken = squeezed(text);
  const found: StateInstance[] = [];
  for (const id of idsIn(text)) {
    const objects = index.withId(id).filter(({ mode }) => mode === 'managed');
    const fitting = objects.filter(({ type }) => spoken.includes(squeezed(type.replace(/^[^_]+_/, ''))));
    found.push(...(fitting.length > 0 ? fitting : objects));
  }
  return found;
}

/** Whatever in a text may be an id. */
export function idsIn(text: string): readonly string[] {
  const bounded = text.slice(0, MAX_TEXT);
  const named = [...bounded.matchAll(NAMED)].flatMap(([, ...groups]) => groups.filter(Boolean));
  const links = [...bounded.matchAll(ARN_OR_URL)].map(([link]) => link.replace(/[.:;]+$/, ''));
  return unique([...named, ...links]);
}

/** `IAM Role` and `iam_role` are one. */
function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
