import { FailedError } from '../../../errors.js';
import type { Json, JsonObject } from '../../../json.js';
import { providerFor, type RenderAccount } from '../../model/account.js';
import { expectText } from '../../model/expect.js';
import { truthy } from '../../model/python.js';
import { take } from '../../model/values.js';

/** Where a database is. */
export interface Placement {
  /** The provider of the instance and its parameter groups; none when the values name neither region nor zone. */
  readonly provider: { readonly provider?: string };
  /** The region as replication sees it: that of the zone, else the account's. A `region` does not count. */
  readonly region: string;
}

/**
 * Takes `region` out of the values, and `availability_zone` too when the instance stands in several.
 *
 * @throws FailedError `RegionMismatch` when region and zone contradict each other
 */
export function takePlacement(values: JsonObject, account: RenderAccount): Placement {
  const zone = truthy(values['multi_az']) ? take(values, 'availability_zone') : values['availability_zone'];
  const wanted = take(values, 'region');
  const ofZone = regionOfZone(zone);
  const region = ofZone ?? account.resourcesDefaultRegion;
  if (account.supportedDeploymentRegions === null) return { provider: {}, region };
  if (truthy(zone) && ofZone === undefined) {
    throw new FailedError('ValueInvalid', `availability_zone ${JSON.stringify(zone)} is not a zone`);
  }
  const ofInstance = truthy(wanted) ? expectText(wanted, 'region') : ofZone;
  if (ofZone !== undefined && ofInstance !== ofZone) {
    throw new FailedError(
      'RegionMismatch',
      `region ${ofInstance} does not match availability_zone ${JSON.stringify(zone)}`,
    );
  }
  return { provider: ofInstance === undefined ? {} : providerFor(account, ofInstance), region };
}

/** The region of an availability zone: `us-east-1` of `us-east-1a`. */
export function regionOfZone(zone: Json | undefined): string | undefined {
  return typeof zone === 'string' && zone.length > 1 ? zone.slice(0, -1) : undefined;
}
