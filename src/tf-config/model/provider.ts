import type * as v from 'valibot';

import type { JsonObject } from '../../json.js';
import type { RenderAccount } from './account.js';
import type { BlockSink } from './document.js';
import type { KnownOrNot, Need } from './need.js';
import type { Spec } from './spec.js';

/** A spec whose own fields have been checked against its provider's schema. */
export interface TypedSpec<Fields> extends Spec {
  readonly own: Fields;
}

/** What a renderer can read besides its spec. All of it is there before rendering starts: no I/O. */
export interface RenderInput {
  readonly account: RenderAccount;
  /** The spec's merged values, a fresh copy at each call; of another spec of the account on demand. */
  values(spec?: Spec): JsonObject;
  /** Text of a resource file. @throws FailedError when app-interface has none at that path */
  content(path: string): string;
  /** A resource file parsed as YAML, without `$schema`; a fresh copy. @throws FailedError when it cannot be parsed */
  yaml(path: string): JsonObject;
  /** Another spec of the same account. */
  find(provider: string, identifier: string): Spec | undefined;
  /** The specs of a provider that are being rendered together with this one, itself included. */
  ofProvider(provider: string): readonly Spec[];
  /**
   * What the existing state's outputs say for a spec (this one by default), by key as in its Kubernetes Secret: `db.password`, `image_id`.
   * A read replica also sees its source's `db.user` and `db.password`.
   */
  existing(key: string, spec?: Pick<Spec, 'provider' | 'identifier'>): string | undefined;
  /** What came of a need that `needs` declared. @throws FailedError when what it names does not exist */
  answer(need: Need): KnownOrNot;
}

/** Where a renderer writes to, and what it may ask while writing. */
export interface RenderContext extends RenderInput, BlockSink {
  /**
   * Text that stands for a secret in the config: a sensitive variable's reference, or with `--compat` the secret itself.
   *
   * @param name of the variable; letters, digits, `-` and `_` are kept
   */
  sensitive(name: string, secret: string): string;
  /**
   * The text that came of a need. When nobody could tell: what the state says (`existing`), else the reference of a
   * placeholder variable `name` that the user has to give. Both are listed in the result; nothing is left out silently.
   *
   * @param options.sensitive the text is a secret: it goes through `sensitive`
   */
  fromOutside(
    need: Need,
    name: string,
    options?: { existing?: string | undefined; sensitive?: boolean },
  ): string;
  /** A declared variable for what nobody could tell, `why` says why; its reference. */
  placeholder(name: string, why: string, options?: { sensitive?: boolean }): string;
  /**
   * A new random password of 20 letters and digits, for `what` (e.g. `db.password`). That it was made up is listed: an
   * existing resource would get it as a change.
   *
   * @param why the one in the state is not to be kept; by default it has none
   */
  randomPassword(what: string, why?: string): string;
  /** Data that renders but is wrong or surprising; listed on stderr and in the JSON result. */
  warn(text: string): void;
}

/** A provider of external resources, the way the registry knows it. */
export interface ProviderRenderer {
  /** The `provider` of a spec, e.g. `aws-iam-role`. */
  readonly provider: string;
  /** The GraphQL type of such a spec. */
  readonly graphqlType: string;
  /** GraphQL selection of its fields, besides those that all specs have. */
  readonly selection: string;
  /** Paths of the resource files that rendering will read, `defaults` aside. */
  files(spec: Spec): string[];
  needs(spec: Spec, input: RenderInput): Need[];
  render(spec: Spec, context: RenderContext): void;
}

/** What the author of a provider writes. */
export interface ProviderDefinition<E extends v.ObjectEntries> {
  readonly provider: string;
  readonly graphqlType: string;
  readonly selection: string;
  /** The spec's own fields, as GraphQL answers them; absent and null are the same. */
  readonly fields: E;
  /** Resource files that it reads besides `defaults`. */
  readonly files?: (
    spec: TypedSpec<v.InferOutput<v.ObjectSchema<E, undefined>>>,
  ) => (string | null | undefined)[];
  /** What it needs from outside. */
  readonly needs?: (
    spec: TypedSpec<v.InferOutput<v.ObjectSchema<E, undefined>>>,
    input: RenderInput,
  ) => Need[];
  readonly render: (
    spec: TypedSpec<v.InferOutput<v.ObjectSchema<E, undefined>>>,
    context: RenderContext,
  ) => void;
}
