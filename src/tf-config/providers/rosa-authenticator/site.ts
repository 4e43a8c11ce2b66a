import type { JsonObject } from '../../../json.js';
import { regionOf, type RenderAccount } from '../../model/account.js';
import { pythonText } from '../../model/python.js';
import { propertiesOf, type WithProperties } from './blocks.js';

/** What all resources of one authenticator are made from. */
export interface Site {
  readonly identifier: string;
  readonly region: string;
  /** Merged values of the spec. */
  readonly values: JsonObject;
  readonly withProperties: WithProperties;
  /** The page, in the callback bucket, that hands people their token. */
  readonly tokenPage: string;
}

export function siteOf(identifier: string, values: JsonObject, account: RenderAccount): Site {
  const region = regionOf(account, values['region']);
  const bucket = pythonText(values['cognito_callback_bucket_name'] ?? null);
  return {
    ...{ identifier, region, values },
    withProperties: propertiesOf(values),
    tokenPage: `https://${bucket}.s3.${region}.amazonaws.com/token.html`,
  };
}
