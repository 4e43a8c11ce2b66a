import * as v from 'valibot';

import { FailedError } from '../../errors.js';
import type { Json } from '../../json.js';
import { regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import type { BlockHandle } from '../model/document.js';
import { expectList, expectObject, expectText } from '../model/expect.js';
import type { RenderContext } from '../model/provider.js';
import { truthy } from '../model/python.js';
import { outputPrefix } from '../model/spec.js';

const EMAIL = /^[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+$/;

/** An SNS topic and its subscriptions. Of its defaults little is used; its region shows in the outputs alone. */
export const sns = defineProvider({
  provider: 'sns',
  graphqlType: 'NamespaceTerraformResourceSNSTopic_v1',
  selection: 'defaults region fifo_topic inline_policy subscriptions { protocol endpoint }',
  fields: {
    defaults: field.text,
    region: field.text,
    fifo_topic: field.flag,
    inline_policy: field.json,
    subscriptions: v.nullish(v.array(v.object({ protocol: v.string(), endpoint: v.string() }))),
  },

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier } = spec;
    const values = context.values();
    const { fifo_topic: fifo = false, inline_policy: policy = null, subscriptions } = values;
    const topic = context.resource('aws_sns_topic', identifier, {
      name: truthy(fifo) ? `${identifier}.fifo` : identifier,
      policy,
      fifo_topic: fifo,
    });
    if (subscriptions !== undefined) {
      subscribe(identifier, topic, expectList(subscriptions, 'subscriptions'), context);
    }
    const region = regionOf(context.account, values['region']);
    const prefix = outputPrefix(spec);
    context.output(`${prefix}__aws_region`, region);
    context.output(`${prefix}__endpoint`, `https://sns.${region}.amazonaws.com`);
  },
});

/** The names are numbered when there are several. */
function subscribe(
  identifier: string,
  topic: BlockHandle,
  subscriptions: readonly Json[],
  context: RenderContext,
): void {
  for (const [index, subscription] of subscriptions.entries()) {
    const what = `subscriptions[${index}]`;
    const fields = expectObject(subscription, what);
    const protocol = expectText(fields['protocol'], `${what}.protocol`);
    const endpoint = expectText(fields['endpoint'], `${what}.endpoint`);
    if (protocol === 'email' && !EMAIL.test(endpoint)) {
      throw new FailedError(
        'SubscriptionInvalid',
        `${what}.endpoint "${endpoint}" is not an email address, which the protocol email needs`,
      );
    }
    const number = subscriptions.length > 1 ? `_${index + 1}` : '';
    const name = `${identifier}_${protocol}_aws_sns_topic_subscription${number}`;
    context.resource('aws_sns_topic_subscription', name, { topic_arn: topic.ref('arn'), protocol, endpoint });
  }
}
