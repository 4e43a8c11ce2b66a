import { FailedError } from '../../../errors.js';
import type { Json, JsonObject } from '../../../json.js';
import type { BlockHandle } from '../../model/document.js';
import { expectList, expectObject, expectText } from '../../model/expect.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import type { Spec } from '../../model/spec.js';
import { take } from '../../model/values.js';
import { NO_PART, type InstancePart } from './part.js';
import type { Placement } from './placement.js';

/**
 * The instance's parameter group, and during an upgrade the old one, which must outlive it.
 *
 * @throws FailedError `ParameterGroupInvalid`
 */
export function parameterGroups(
  values: JsonObject,
  spec: Spec,
  provider: Placement['provider'],
  context: RenderContext,
): InstancePart {
  const path = take(values, 'parameter_group');
  const oldPath = take(values, 'old_parameter_group');
  const render = (file: Json | undefined, field: string): ParameterGroup =>
    parameterGroup(expectText(file, field), `${spec.identifier}-pg`, provider, context);
  if (!truthy(path)) {
    if (!truthy(oldPath)) return NO_PART;
    throw new FailedError('ParameterGroupInvalid', 'old_parameter_group is set without parameter_group', {
      hint: 'it is for a major upgrade: set parameter_group to the group of the new version',
    });
  }
  const group = render(path, 'parameter_group');
  if (truthy(oldPath) && render(oldPath, 'old_parameter_group').name === group.name) {
    throw new FailedError(
      'ParameterGroupInvalid',
      `parameter_group and old_parameter_group are both named ${JSON.stringify(group.name)}`,
      { hint: `give the file ${JSON.stringify(path)} a name of its own` },
    );
  }
  return {
    arguments: { parameter_group_name: group.name },
    dependencies: [group.handle.dependency],
  };
}

interface ParameterGroup {
  /** As AWS knows it; null when the file says so, and AWS is to find one. */
  readonly name: string | null;
  readonly handle: BlockHandle;
}

/** A group of one file; files without `name` can serve several instances. */
function parameterGroup(
  path: string,
  defaultName: string,
  provider: Placement['provider'],
  context: RenderContext,
): ParameterGroup {
  const { name: givenName = defaultName, identifier, parameters, ...values } = context.yaml(path);
  const name = givenName === null ? null : expectText(givenName, `name in ${path}`);
  const parameter = expectList(parameters, `parameters in ${path}`);
  checkParameters(`parameter group ${JSON.stringify(name)} (${path})`, parameter);
  const resourceName = truthy(identifier)
    ? expectText(identifier, `identifier in ${path}`)
    : expectText(name, `name in ${path}`);
  const body = { ...values, name, parameter, ...provider };
  return { name, handle: context.resource('aws_db_parameter_group', resourceName, body) };
}

/** AWS accepts a change of logical replication at once, but then the instance does not have it. */
function checkParameters(group: string, parameters: readonly Json[]): void {
  for (const parameter of parameters) {
    const { name, apply_method: method } = expectObject(parameter, `parameters of ${group}`);
    if (name !== 'rds.logical_replication' || method === 'pending-reboot') continue;
    throw new FailedError(
      'ParameterGroupInvalid',
      `${group} sets rds.logical_replication with apply_method ${JSON.stringify(method ?? null)}`,
      { hint: 'set its apply_method to pending-reboot' },
    );
  }
}
