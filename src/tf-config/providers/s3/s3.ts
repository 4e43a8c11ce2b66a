import * as v from 'valibot';

import { defineProvider, field } from '../../model/define-provider.js';
import { renderBucket } from './bucket.js';

/** An S3 bucket, and an IAM user that may use it. */
export const s3 = defineProvider({
  provider: 's3',
  graphqlType: 'NamespaceTerraformResourceS3_v1',
  selection:
    'region defaults overrides sqs_identifier s3_events bucket_policy storage_class ' +
    'event_notifications { destination_type destination event_type filter_prefix filter_suffix }',
  fields: {
    region: field.text,
    defaults: field.text,
    overrides: field.json,
    sqs_identifier: field.text,
    s3_events: field.texts,
    bucket_policy: field.json,
    storage_class: field.text,
    event_notifications: v.nullish(
      v.array(
        v.object({
          destination_type: v.string(),
          destination: v.string(),
          event_type: v.array(v.string()),
          filter_prefix: field.text,
          filter_suffix: field.text,
        }),
      ),
    ),
  },

  render(spec, context) {
    renderBucket(spec, context);
  },
});
