import { missing, ok, wrong, type Check } from './check.js';

type Service = 'gitlab' | 'jenkins' | 'prometheus';

/** The check that a server is configured in `[tfrepair]`, where its address has been validated. */
export function serviceCheck(title: Service, purpose: string, { needsToken = false } = {}): Check {
  const examine: Check['examine'] = (_world, { config: { tfrepair } }) => {
    const service = tfrepair[title];
    const keys = needsToken ? 'url and token' : 'url';
    if (service === undefined) {
      return Promise.resolve(missing('not configured', `set ${keys} in [tfrepair.${title}]`));
    }
    if (needsToken && service.token === undefined) {
      return Promise.resolve(wrong('no token', `set token in [tfrepair.${title}]`));
    }
    return Promise.resolve(ok(new URL(service.url).host));
  };
  return { title, purpose, examine };
}
