import { FailedError } from '../../../errors.js';
import type { JsonObject } from '../../../json.js';
import { renderTemplate } from '../../jinja/render.js';
import type { Delimiters } from '../../jinja/tokens.js';
import { fromJson, type Value } from '../../jinja/values.js';
import { expectJsonObject } from '../../model/expect.js';
import type { Need, SecretRef } from '../../model/need.js';
import type { RenderContext, RenderInput } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import type { CloudInitConfig } from './fields.js';
import { vaultFunction, type SecretLookup } from './vault-function.js';

/** One brace more than usual: files for cloud-init may be templates of cloud-init's own, which are left as they are. */
const EXTRA_CURLY: Delimiters = {
  block: ['{{%', '%}}'],
  output: ['{{{', '}}}'],
  comment: ['{{#', '#}}'],
};

/** What the templates of a machine's first start are rendered with. */
export type TemplateVariables = ReadonlyMap<string, Value>;

/** The spec's `variables`, and two of the account that they cannot replace. */
export function templateVariables(input: RenderInput, values: JsonObject, region: string): TemplateVariables {
  const { variables } = values;
  const own = truthy(variables) ? expectJsonObject(variables, 'variables') : {};
  const all = { ...own, aws_region: region, aws_account_id: input.account.uid };
  return new Map(Object.entries(all).map(([name, value]) => [name, fromJson(value)]));
}

/** The secrets that the templates ask for, as far as that can be told before any of them is known. */
export function templateSecrets(
  input: RenderInput,
  configs: readonly CloudInitConfig[],
  variables: TemplateVariables,
): Need[] {
  const needs: Need[] = [];
  const note: SecretLookup = (secret) => {
    needs.push(fieldNeed(secret));
    return '';
  };
  for (const { content } of configs) {
    try {
      renderContent(input.content(content), variables, note);
    } catch (error) {
      // Rendering will meet the error again, unless an empty secret was the reason.
      if (!(error instanceof FailedError)) throw error;
    }
  }
  return needs;
}

/**
 * The parts of the account's `cloudinit_config`. A part with secrets in it is a sensitive variable as a whole; one whose
 * template nobody here can evaluate is a placeholder variable.
 *
 * @throws FailedError naming the file whose template is wrong
 */
export function cloudInitParts(
  context: RenderContext,
  configs: readonly CloudInitConfig[],
  variables: TemplateVariables,
): JsonObject[] {
  return configs.map(({ filename, content_type, content: path }, index) => ({
    ...{ filename, content_type },
    content: partContent(context, path, { name: `cloudinit_${index + 1}`, variables }),
  }));
}

/** Codes of errors that the data is not to blame for. */
const UNKNOWABLE = ['TemplateUnsupported', 'SecretUnknown'];

function partContent(
  context: RenderContext,
  path: string,
  { name, variables }: { name: string; variables: TemplateVariables },
): string {
  const secrets: SecretRef[] = [];
  const lookup: SecretLookup = (secret, optional) => {
    secrets.push(secret);
    return readSecret(context, secret, optional);
  };
  try {
    const text = renderContent(context.content(path), variables, lookup);
    const shown = secrets.length > 0 ? context.sensitive(name, text) : text;
    return shown === text ? literal(text) : shown;
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    if (UNKNOWABLE.includes(error.code)) {
      return context.placeholder(name, `${path}: ${error.message}`, { sensitive: secrets.length > 0 });
    }
    throw new FailedError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}

function renderContent(source: string, variables: TemplateVariables, lookup: SecretLookup): string {
  const functions = new Map([['vault', vaultFunction(lookup, variables)]]);
  return renderTemplate(source, EXTRA_CURLY, { variables, functions });
}

/** @throws FailedError `SecretUnknown`, or what is wrong with a secret that there must be */
function readSecret(context: RenderContext, secret: SecretRef, optional: boolean): string | null {
  try {
    const answer = context.answer(fieldNeed(secret));
    if (answer.known && typeof answer.value === 'string') return answer.value;
    const why = answer.known ? 'it is no text' : answer.why;
    throw new FailedError('SecretUnknown', `the secret ${secret.path} is not known (${why})`);
  } catch (error) {
    if (optional && error instanceof FailedError && error.code !== 'SecretUnknown') return null;
    throw error;
  }
}

function fieldNeed(secret: SecretRef): Need {
  return { kind: 'secret-field', secret };
}

/** Text as Terraform takes it for itself (Terraform language, "Strings and Templates": escape sequences). */
function literal(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
}
