import type { Identities, IdentityName } from './aws/identities.js';

/** A try-it-out world: an AWS API server with accounts and people in it, and the app-interface that describes them. */
export interface Sandbox {
  /** The private folder (0700) of everything that the sandbox has on disk; gone when it is closed. */
  readonly folder: string;
  /** The AWS API server, e.g. `http://127.0.0.1:43817`. */
  readonly endpoint: string;
  /**
   * Makes the AWS API server check signatures and permissions, as AWS does, or stop doing so. While it checks, terraform
   * cannot use an S3 backend: moto takes signed queries with escaped characters in them for forged ones.
   */
  enforceAuth(enforced: boolean): Promise<void>;
  /** The app-interface checkout, which may be changed; `reload` afterwards. */
  readonly appInterface: string;
  /** The GraphQL address of the qontract server on it. */
  readonly graphqlUrl: string;
  /** Makes the qontract server read the checkout again. */
  reload(): Promise<void>;
  /** A configuration file (0600) with the accounts' secrets. */
  readonly configFile: string;
  /** A terraform CLI configuration that uses a local provider mirror, if there is one. */
  readonly terraformCliConfig: string;
  /** By name. */
  readonly accounts: ReadonlyMap<string, SandboxAccount>;
  /** The environment in which a child process acts as somebody: everything it needs besides `PATH` and `HOME`. */
  envOf(account: SandboxAccount, who: IdentityName): Record<string, string>;
  /** Ends everything and removes the folder. */
  close(): Promise<void>;
}

export interface SandboxAccount {
  readonly name: string;
  /** The twelve digits. */
  readonly uid: string;
  readonly region: string;
  /** Where the state of terraform-resources is; the bucket exists and has versioning. */
  readonly state: { readonly bucket: string; readonly region: string; readonly key: string };
  /** Where the configuration file has its secret, e.g. `creds/terraform/ferries-stage`. */
  readonly secretPath: string;
  readonly identities: Identities;
}
