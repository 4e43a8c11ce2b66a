import { parsedJson } from './values.js';
import type { BlockSink } from './document.js';
import { pythonJson, truthy } from './python.js';
import { outputPrefix, outputResourceName, type Spec } from './spec.js';

/**
 * The outputs that say where a spec's Kubernetes Secret belongs (app-interface-aws §3.2). Every spec has them, so that
 * the state alone tells whose an address is.
 */
export function commonOutputs(spec: Spec, sink: BlockSink): void {
  const prefix = `${outputPrefix(spec)}__qrtf_`;
  sink.output(`${prefix}cluster`, spec.namespace.cluster.name);
  sink.output(`${prefix}namespace`, spec.namespace.name);
  sink.output(`${prefix}resource`, 'Secret');
  sink.output(`${prefix}output_resource_name`, outputResourceName(spec));
  const annotations = parsedJson(spec.fields['annotations']);
  if (annotations === undefined || !truthy(annotations)) return;
  const text = pythonJson(annotations, { sortKeys: false });
  sink.output(`${prefix}annotations`, Buffer.from(text).toString('base64'));
}
