import type { JsonObject } from '../../../json.js';
import type { Need } from '../../model/need.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonText } from '../../model/python.js';
import { ref, type ResourceTable } from './blocks.js';
import type { Site } from './site.js';

/** What clients may be granted for, and what the pool says of it. */
const SERVICE_SCOPES = {
  AppSRE: 'AppSRE',
  SREPAutomation: 'SREPAutomation',
  SREPDeveloper: 'SREPDeveloper',
  SREPLead: 'SREPLead',
  AccountManagement: 'AMS service account',
  ClusterService: 'CS service account',
  ServiceLogService: 'OSL service account',
  BackplaneCLI: 'Backplane CLI access',
  BackplaneService: 'Backplane API service account',
  InsightsServiceAccount: 'Insights service account',
};

const LOGO = 'Logo-RedHat-B-Color-RGB.png';

/** The logo of the login page, an object of the callback bucket. */
export function logoNeed({ cognito_callback_bucket_name: bucket = null }: JsonObject): Need {
  return { kind: 'bucket-object', bucket: pythonText(bucket), key: LOGO, format: 'png' };
}

/** The user pool, its login page, and the scopes of tokens. */
export function userPool(site: Site, context: RenderContext): ResourceTable {
  const { identifier, withProperties } = site;
  const pool = { user_pool_id: ref('aws_cognito_user_pool.pool.id') };
  return {
    aws_cognito_user_pool: {
      pool: withProperties('user_pool_properties', {
        name: `ocm-${identifier}-pool`,
        lambda_config: { pre_sign_up: ref('aws_lambda_function.cognito_pre_signup.arn') },
      }),
    },
    aws_cognito_user_pool_domain: { userpool_domain: { domain: loginDomain(identifier), ...pool } },
    aws_cognito_user_pool_ui_customization: {
      userpool_ui: {
        image_file: ref(`filebase64("${logoFile(site, context)}")`),
        user_pool_id: ref('aws_cognito_user_pool_domain.userpool_domain.user_pool_id'),
      },
    },
    aws_cognito_resource_server: {
      userpool_gateway_resource_server: {
        ...{ name: 'API Gateway', identifier: 'gateway', ...pool },
        scope: scopes({ AccessToken: 'Scope used to support Access Token authorization in API Gateway' }),
      },
      userpool_service_resource_server: withProperties('cognito_resource_server_properties', {
        scope: scopes(SERVICE_SCOPES),
        ...pool,
      }),
    },
  };
}

/** First part of the host name that people log in at. */
export function loginDomain(identifier: string): string {
  return `ocm-${identifier}-domain`;
}

function scopes(descriptions: Readonly<Record<string, string>>): JsonObject[] {
  return Object.entries(descriptions).map(([name, description]) => ({
    scope_name: name,
    scope_description: description,
  }));
}

/** No variable takes its place where the logo cannot be had: then it is where the reconcile loop puts it. */
function logoFile(site: Site, context: RenderContext): string {
  const answer = context.answer(logoNeed(site.values));
  if (answer.known && typeof answer.value === 'string') return answer.value;
  const file = `/tmp/${LOGO}`;
  const why = answer.known ? 'there is none' : answer.why;
  context.warn(`the logo of the login page could not be had (${why}): terraform will want it at ${file}`);
  return file;
}
