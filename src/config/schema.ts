import * as v from 'valibot';

import { hasPassword, isHttpUrl } from '../http-url.js';
import { Secret } from '../secret.js';
import { ApprovalSection, PeopleSection } from './approval-schema.js';

const text = v.pipe(v.string(), v.nonEmpty());
const url = v.pipe(
  v.string(),
  v.check(isHttpUrl, 'an http or https URL'),
  v.check((value) => !hasPassword(value), 'a URL without a user or password in it'),
);
const secret = v.pipe(
  text,
  v.transform((value) => new Secret(value)),
);

/** Whether it looks like one; age itself knows better, when it is used. */
function isAgeRecipient(value: string): boolean {
  return /^age1[0-9a-z]+$/.test(value);
}

/**
 * Parts of the file that belong to qontract-reconcile (reference: its `config.toml`). Keys that are of no use here are
 * left alone and left out: they may be secrets. Addresses are looked at where they are used: a command that needs none of
 * them must not mind a placeholder.
 */
export const GraphqlSection = v.object({
  server: v.optional(text),
  token: v.optional(secret),
});

export const VaultSection = v.object({
  server: v.optional(text),
  role_id: v.optional(secret),
  secret_id: v.optional(secret),
  kube_auth_role: v.optional(text),
  kube_auth_mount: v.optional(text),
  token: v.optional(secret),
});

/** `[tfrepair.backup]`: how states are backed up before they are written. */
const BackupSection = v.strictObject({
  dir: v.optional(text),
  /** Of age; without any, backups are as readable as the state. */
  recipients: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.check(isAgeRecipient, 'an age recipient, which begins with age1'))),
      v.check((all) => all.length > 0, 'an array that is not empty'),
    ),
  ),
  keep_count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  keep_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  copy_beside: v.optional(v.boolean()),
});

/** `[tfrepair]`: ours, so an unknown key is a mistake and is named. */
export const TfrepairSection = v.strictObject({
  /** An app-interface checkout to serve when no GraphQL server is named. */
  app_interface: v.optional(text),
  /** A qontract-schemas checkout, where the app-interface checkout has no schemas of its own. */
  schemas: v.optional(text),
  /** The terraform or tofu executable. */
  terraform_bin: v.optional(text),
  server: v.optional(
    v.strictObject({
      host: v.optional(text),
      port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))),
    }),
  ),
  /** Who may approve a change to a state, and how. */
  approval: v.optional(ApprovalSection),
  people: v.optional(PeopleSection),
  backup: v.optional(BackupSection),
  gitlab: v.optional(v.strictObject({ url, token: v.optional(secret) })),
  jenkins: v.optional(v.strictObject({ url, user: v.optional(text), token: v.optional(secret) })),
  prometheus: v.optional(v.strictObject({ url, token: v.optional(secret) })),
});

export type GraphqlSection = v.InferOutput<typeof GraphqlSection>;
export type VaultSection = v.InferOutput<typeof VaultSection>;
export type TfrepairSection = v.InferOutput<typeof TfrepairSection>;
