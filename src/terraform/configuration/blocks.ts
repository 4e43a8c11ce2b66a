import { isJsonObject, type Json, type JsonObject } from '../../json.js';

/** A block of a configuration, e.g. with the labels `aws_sqs_queue` and `q`. */
export interface Block {
  readonly labels: readonly string[];
  readonly body: JsonObject;
}

/** How the JSON syntax writes comments. */
const COMMENT = '//';

/**
 * The blocks of a type in a body, in the JSON syntax of Terraform and in what the HCL parser makes of the native one:
 * objects below the labels, or arrays of objects at any of these levels.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function blocksOf(body: JsonObject, type: string, labels: 0 | 1 | 2): Block[] {
  return Object.hasOwn(body, type) ? below(body[type], labels, []) : [];
}

function below(value: Json | undefined, labels: number, path: readonly string[]): Block[] {
  const bodies = (Array.isArray(value) ? value : [value]).filter(isJsonObject);
  if (labels === 0) return bodies.map((body) => ({ labels: path, body }));
  return bodies.flatMap((body) =>
    Object.entries(body)
      .filter(([label]) => label !== COMMENT)
      .flatMap(([label, inner]) => below(inner, labels - 1, [...path, label])),
  );
}
