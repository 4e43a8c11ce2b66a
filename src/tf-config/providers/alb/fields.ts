import * as v from 'valibot';

import { field } from '../../model/define-provider.js';

const HostHeader = v.object({ type: v.literal('host-header'), host_header: v.array(v.string()) });
const RequestMethod = v.object({
  type: v.literal('http-request-method'),
  http_request_method: v.array(v.string()),
});
const PathPattern = v.object({ type: v.literal('path-pattern'), path_pattern: v.array(v.string()) });
const SourceIp = v.object({ type: v.literal('source-ip'), source_ip: v.array(v.string()) });

const Forward = v.object({
  type: v.literal('forward'),
  forward: v.object({ target_group: v.array(v.object({ target: v.string(), weight: v.number() })) }),
});
const FixedResponse = v.object({
  type: v.literal('fixed-response'),
  fixed_response: v.object({
    content_type: v.nullish(v.string(), null),
    message_body: v.nullish(v.string(), null),
    status_code: v.nullish(v.string(), null),
  }),
});
const Redirect = v.object({
  type: v.literal('redirect'),
  redirect: v.object({
    host: v.nullish(v.string(), null),
    path: v.nullish(v.string(), null),
    port: v.nullish(v.number(), null),
    protocol: v.nullish(v.string(), null),
    query: v.nullish(v.string(), null),
    status_code: v.nullish(v.string(), null),
  }),
});

const Rule = v.object({
  condition: v.array(v.variant('type', [HostHeader, RequestMethod, PathPattern, SourceIp])),
  action: v.variant('type', [Forward, FixedResponse, Redirect]),
});

const Target = v.object({
  name: v.string(),
  default: v.boolean(),
  ips: field.texts,
  openshift_service: field.text,
  protocol: field.text,
  protocol_version: field.text,
});

export type AlbRule = v.InferOutput<typeof Rule>;
export type AlbTarget = v.InferOutput<typeof Target>;

/** An alb's own fields. */
export const albFields = {
  region: field.text,
  vpc: v.object({
    vpc_id: v.string(),
    cidr_block: v.string(),
    subnets: v.array(v.object({ id: v.string() })),
  }),
  certificate_arn: v.string(),
  ingress_cidr_blocks: v.array(v.string()),
  idle_timeout: field.number,
  enable_http2: field.flag,
  ip_address_type: field.text,
  access_logs: field.flag,
  ssl_policy: field.text,
  targets: v.array(Target),
  rules: v.array(Rule),
};

/** GraphQL selection of the same. */
export const albSelection = `
  region vpc { vpc_id cidr_block subnets { id } } certificate_arn ingress_cidr_blocks
  idle_timeout enable_http2 ip_address_type access_logs ssl_policy
  targets { name default ips openshift_service protocol protocol_version }
  rules {
    condition {
      type
      ... on NamespaceTerraformResourceALBConditionHostHeader_v1 { host_header }
      ... on NamespaceTerraformResourceALBConditionHTTPRequestMethod_v1 { http_request_method }
      ... on NamespaceTerraformResourceALBConditionPathPattern_v1 { path_pattern }
      ... on NamespaceTerraformResourceALBConditionSourceIP_v1 { source_ip }
    }
    action {
      type
      ... on NamespaceTerraformResourceALBActionForward_v1 { forward { target_group { target weight } } }
      ... on NamespaceTerraformResourceALBActionFixedResponse_v1 {
        fixed_response { content_type message_body status_code }
      }
      ... on NamespaceTerraformResourceALBActionRedirect_v1 {
        redirect { host path port protocol query status_code }
      }
    }
  }`;
