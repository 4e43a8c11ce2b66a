import { own } from '../own.js';

/** Words in an attribute's name that speak for a secret value. */
const SECRET =
  /passw|passphrase|secret|token|private_?key|credential|user_data|custom_data|startup_script|connection_string|api_?key|auth_key|access_key$|shared_key|master_key|signing_key|client_key|content_base64|webhook/i;

/** Endings that say what the value is instead: something about the secret. */
const ABOUT =
  /(_arn|_arns|_id|_ids|_name|_names|_length|_enabled|_validity|_type|_version|_replace|_days|_hop_limit|_tokens|_arn_list|_strategy|_units)$/i;

/** Attribute names are few and asked for again and again; keys of maps are many, so that not all are kept. */
const known = new Map<string, boolean>();
const MAX_KNOWN = 10_000;

/** Whether the name of an attribute, or of a key in one, says that its value is secret. */
export function isSensitiveName(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const sensitive = SECRET.test(name) && !ABOUT.test(name);
  if (known.size < MAX_KNOWN) known.set(name, sensitive);
  return sensitive;
}

/** Types whose plainly named attributes hold secrets. */
const SENSITIVE_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_ssm_parameter: ['value', 'insecure_value'],
  aws_s3_object: ['content'],
  aws_lambda_function: ['environment'],
  aws_codebuild_project: ['environment'],
  aws_ecs_task_definition: ['container_definitions'],
  aws_batch_job_definition: ['container_properties'],
  random_password: ['result', 'bcrypt_hash'],
  local_file: ['content'],
};

/** Whether a type keeps a secret in an attribute with a plain name. */
export function isSensitiveAttribute(type: string, attribute: string): boolean {
  return (own(SENSITIVE_ATTRIBUTES, type) ?? []).includes(attribute);
}

/** Whether a text is a secret by its own looks: a private key, or a URL with a password. */
export function looksSecret(text: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^\s/:@]*:[^\s/@]+@/.test(text);
}
