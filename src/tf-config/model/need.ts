import type { FailedError } from '../../errors.js';
import type { JsonObject } from '../../json.js';

/** Reference to a secret in Vault, or in the configuration file with `vault: false` (app-interface-aws §12). */
export interface SecretRef {
  readonly path: string;
  readonly field: string;
  readonly version?: number | null | undefined;
  readonly format?: string | null | undefined;
}

/** One of the tag filters of an asg's `image` (app-interface-aws §5). */
export type ImageFilter =
  | {
      readonly provider: 'git';
      readonly tagName: string;
      readonly url: string;
      readonly ref: string;
      /** The Jenkins job that builds the image. */
      readonly upstream?: { readonly instance: string; readonly token: SecretRef; readonly job: string };
    }
  | { readonly provider: 'static'; readonly tagName: string; readonly value: string };

/** Something that rendering needs from outside app-interface. Declared before rendering, so that rendering is pure. */
export type Need =
  /** One field of a secret. */
  | { readonly kind: 'secret-field'; readonly secret: SecretRef }
  /** A whole secret. */
  | { readonly kind: 'secret'; readonly secret: SecretRef }
  /** The one machine image with all these tags. */
  | { readonly kind: 'image'; readonly region: string; readonly filters: readonly ImageFilter[] }
  /** A lambda's zip: `release` is a GitHub release (API path or web address), `path` a `printf` of its local place. */
  | {
      readonly kind: 'zip';
      readonly release: string;
      readonly folder: 'logs-to-es' | 'rosa-authenticator' | 'repository';
    }
  /** An object of a bucket of the account, put into a local file. */
  | { readonly kind: 'bucket-object'; readonly bucket: string; readonly key: string; readonly format: 'png' }
  /** ARN of the role of a cluster's account that its OCM granted an IAM user; null: none granted yet. */
  | { readonly kind: 'granted-role'; readonly cluster: string; readonly user: string }
  /** Addresses of the load balancer in front of an OpenShift service (`NAMESPACE/NAME`) of a cluster, in its region. */
  | {
      readonly kind: 'service-addresses';
      readonly cluster: string;
      readonly region: string | null;
      readonly service: string;
    };

/** What came of a need. */
export type Answer =
  | { readonly known: true; readonly value: AnswerValue }
  /** Not to be had: offline, no access. `why` is for the list of placeholders. */
  | { readonly known: false; readonly why: string }
  /** There is no such thing (a secret that does not exist): the data is wrong, and rendering fails. */
  | { readonly known: false; readonly error: FailedError };

/** An answer that rendering can go on with. */
export type KnownOrNot = Exclude<Answer, { readonly error: FailedError }>;

/** A secret's field or whole, an image id (null: none yet, its build is running), the path of a zip or an object, a role's ARN, addresses. */
export type AnswerValue = string | readonly string[] | JsonObject | null;

/** Whether an answer is a whole secret, by its keys. */
export function isWholeSecret(value: AnswerValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Identity of a need: equal needs are answered once. */
export function needKey(need: Need): string {
  return JSON.stringify(need);
}
