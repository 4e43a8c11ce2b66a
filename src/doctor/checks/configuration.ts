import { missing, ok, type Check } from '../check.js';

/** A file that cannot be used has ended the command before any check. */
export const configuration: Check = {
  title: 'configuration file',
  purpose: 'settings and secrets',
  examine: (_world, { config }) =>
    Promise.resolve(
      config.file === undefined
        ? missing(
            'none is named',
            "name qontract-reconcile's TOML file with --config FILE or QONTRACT_CONFIG; docs/configuration.md says what may be in it",
          )
        : ok(config.file),
    ),
};
