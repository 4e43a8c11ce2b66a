import type { JsonObject } from '../../json.js';
import type { InstanceKey } from '../address/address.js';

/** A Terraform state (format version 4), as far as it can be told without provider schemas. */
export interface State {
  readonly terraformVersion: string;
  readonly serial: number;
  readonly lineage: string;
  /** All instances, in the state's order. */
  readonly instances: readonly StateInstance[];
}

/** One object in the state: the current one of an instance, or a deposed one. */
export interface StateInstance {
  /** In Terraform's spelling, e.g. `module.a.aws_sqs_queue.q["x"]`; several objects share it when one is deposed. */
  readonly address: string;
  /** `module.a`; empty for the root. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey;
  /** e.g. `registry.terraform.io/hashicorp/aws` */
  readonly provider: string;
  /** The alias of the provider configuration; undefined: the default one. */
  readonly providerAlias: string | undefined;
  readonly tainted: boolean;
  /** The key of a deposed object; undefined: the current object. */
  readonly deposed: string | undefined;
  readonly schemaVersion: number;
  /** Values may be secret. Empty for the flat maps of states from before Terraform 0.12. */
  readonly attributes: JsonObject;
  /** Top-level names of the attributes that the state itself marks as sensitive. */
  readonly sensitive: readonly string[];
  /** Addresses of resources, without keys. */
  readonly dependencies: readonly string[];
  /** The attribute `id`. */
  readonly id: string | undefined;
}
