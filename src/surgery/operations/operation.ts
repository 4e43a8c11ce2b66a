/**
 * What is done to a state, as it stands in a request: plain JSON. Several are done one after the other, as one write.
 */
export type Operation = DocumentOperation | ImportOperation | RestoreOperation;

/** What can be done with nothing but the state's document. */
export type DocumentOperation = RemoveOperation | MoveOperation | ReplaceProviderOperation;

/** Makes Terraform forget objects; what they stand for stays as it is. */
export interface RemoveOperation {
  readonly op: 'rm';
  /** Of resources, instances or modules. */
  readonly addresses: readonly string[];
  /** Said when a whole module is meant. */
  readonly wholeModules?: true;
  /** Said when nothing will be left. */
  readonly everything?: true;
}

export interface MoveOperation {
  readonly op: 'mv';
  /** One after the other. */
  readonly moves: readonly Move[];
}

/** Of a module, a resource or an instance. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** @example `{ op: 'replace-provider', from: 'registry.terraform.io/-/aws', to: 'registry.terraform.io/hashicorp/aws' }` */
export interface ReplaceProviderOperation {
  readonly op: 'replace-provider';
  readonly from: string;
  readonly to: string;
  /** Only these resources; absent: all that belong to the provider. */
  readonly addresses?: readonly string[];
}

/** Takes an existing object under an address; needs the provider. */
export interface ImportOperation {
  readonly op: 'import';
  readonly address: string;
  readonly id: string;
}

/** Makes an earlier content current again. Stands alone in a request. */
export interface RestoreOperation {
  readonly op: 'restore';
  /** Of the earlier content, hex. */
  readonly sha256: string;
  /** That it had. */
  readonly serial: number;
}
