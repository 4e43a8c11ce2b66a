import type { Json, JsonObject } from '../../../json.js';
import type { BlockHandle } from '../../model/document.js';
import { expectPresent, expectSecret } from '../../model/expect.js';
import type { Need } from '../../model/need.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import { outputPrefix, type Spec } from '../../model/spec.js';
import { take } from '../../model/values.js';
import type { Login } from './login.js';

/** What clients connect to. @param database name that the Secret says */
export function connectionOutputs(
  spec: Spec,
  instance: BlockHandle,
  database: Json,
  context: RenderContext,
): void {
  const prefix = `${outputPrefix(spec)}__db_`;
  context.output(`${prefix}host`, instance.refOrOwn('address'));
  context.output(`${prefix}port`, instance.refOrOwn('port'));
  context.output(`${prefix}name`, database);
}

/** What clients log in with. A `reset_password` that goes away takes its output with it, so that pods restart. */
export function loginOutputs(spec: Spec, values: JsonObject, login: Login, context: RenderContext): void {
  const prefix = outputPrefix(spec);
  const sensitive = { sensitive: true };
  context.output(`${prefix}__db_user`, expectPresent(values['username'], 'username'), sensitive);
  context.output(`${prefix}__db_password`, login.password, sensitive);
  if (truthy(login.reset)) context.output(`${prefix}__reset_password`, login.reset);
}

/** The need for the certificate authority's bundle, if the values name one. */
export function caCertificateNeed({ ca_cert: secret }: JsonObject): Need | undefined {
  return truthy(secret) ? { kind: 'secret-field', secret: expectSecret(secret, 'ca_cert') } : undefined;
}

/** The bundle that clients verify the instance with. */
export function caCertificateOutput(spec: Spec, values: JsonObject, context: RenderContext): void {
  const need = caCertificateNeed(values);
  take(values, 'ca_cert');
  if (need === undefined) return;
  const options = { existing: context.existing('db.ca_cert'), sensitive: true };
  const bundle = context.fromOutside(need, 'db_ca_cert', options);
  context.output(`${outputPrefix(spec)}__db_ca_cert`, bundle, { sensitive: true });
}
