import { ref, type ResourceTable } from './blocks.js';
import type { Site } from './site.js';

/** The web application firewall in front of the API, and its logs, without people's tokens. */
export function firewall({ identifier, withProperties }: Site): ResourceTable {
  return {
    aws_wafv2_web_acl: {
      api_waf: withProperties('waf_acl_properties', { name: `${identifier}-waf` }),
    },
    aws_wafv2_web_acl_association: {
      api_waf_association: {
        resource_arn: ref('aws_api_gateway_stage.gw_stage.arn'),
        web_acl_arn: ref('aws_wafv2_web_acl.api_waf.arn'),
      },
    },
    aws_cloudwatch_log_group: {
      waf_log_group: { name: `aws-waf-logs-${identifier}`, retention_in_days: 365 },
    },
    aws_wafv2_web_acl_logging_configuration: {
      waf_logging_configuration: {
        log_destination_configs: [ref('aws_cloudwatch_log_group.waf_log_group.arn')],
        resource_arn: ref('aws_wafv2_web_acl.api_waf.arn'),
        redacted_fields: { single_header: { name: 'authorization' } },
      },
    },
  };
}
