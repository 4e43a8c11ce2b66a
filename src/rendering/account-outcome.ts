import type { AwsAccount } from '../app-interface/accounts.js';
import type { RenderedConfig } from '../tf-config/render-account.js';

/** What became of one account. */
export type AccountOutcome =
  | { readonly kind: 'rendered'; readonly account: AwsAccount; readonly config: RenderedConfig }
  /** The account says that the integration is disabled: the reconcile loop has no config for it. */
  | { readonly kind: 'disabled'; readonly account: AwsAccount }
  /** Nothing says where its state lies; only with all accounts, for one that was named it is an error. */
  | { readonly kind: 'no state location'; readonly account: AwsAccount; readonly why: string };
