import { FailedError } from '../../../errors.js';
import type { JsonObject } from '../../../json.js';
import { expectList, expectObject, expectText } from '../../model/expect.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonText } from '../../model/python.js';
import type { Spec } from '../../model/spec.js';
import { take } from '../../model/values.js';

/**
 * Tells SNS topics of the account about the instance's events. Instances with the same topic and source type share the
 * resource's name, and the last one gets it.
 *
 * @throws FailedError `NotificationInvalid`
 */
export function eventSubscriptions(values: JsonObject, spec: Spec, context: RenderContext): void {
  const notifications = take(values, 'event_notifications');
  if (notifications === undefined) return;
  for (const [index, item] of expectList(notifications, 'event_notifications').entries()) {
    const what = `event_notifications[${index}]`;
    const { destination, ...notification } = expectObject(item, what);
    const topic = expectText(destination, `${what}.destination`);
    if (topic.startsWith('arn:')) {
      throw new FailedError('NotificationInvalid', `${what}.destination "${topic}" is an ARN`, {
        hint: 'name the identifier of an sns resource of the same account',
      });
    }
    if (context.find('sns', topic) === undefined) {
      context.warn(
        `${what}.destination "${topic}" is not an sns resource of the account: terraform will refuse it`,
      );
    }
    // A source type that is not set comes as null from GraphQL, and its name is then None.
    const { source_type: sourceType = 'all' } = notification;
    context.resource(
      'aws_db_event_subscription',
      `${topic}_${pythonText(sourceType)}_aws_db_event_subscription`,
      { ...notification, sns_topic: `\${aws_sns_topic.${topic}.arn}`, source_ids: [spec.identifier] },
    );
  }
}
