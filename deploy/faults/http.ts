/** What happens before the body: statuses, Retry-After, redirects, addresses. */
import type { Fault } from './fault.ts';
import type { Repository } from './repository.ts';
import { onPages, set } from './rows.ts';

const ONCE = { at: 3, times: 1 } as const;

export const HTTP_FAULTS: readonly Fault[] = [
  ...onPages('http', [
    ['not-found', 'HTTP 404 sur toutes les pages suivantes', 'HTTP 404 on all pages that follow'],
    ['bad-request', 'HTTP 400', 'HTTP 400'],
    ['unauthorised', 'HTTP 401', 'HTTP 401'],
    ['forbidden', 'HTTP 403', 'HTTP 403'],
    ['gone', 'HTTP 410', 'HTTP 410'],
    ['too-large', 'HTTP 413', 'HTTP 413'],
    ['uri-too-long', 'HTTP 414', 'HTTP 414'],
    ['headers-too-large', 'HTTP 431', 'HTTP 431'],
    ['server-error', 'HTTP 500, sans fin', 'HTTP 500, for ever'],
    ['server-error', 'HTTP 500, une fois', 'HTTP 500, once', { name: 'server-error-once', ...ONCE }],
    ['bad-gateway', 'HTTP 502', 'HTTP 502'],
    ['unavailable', 'HTTP 503 sans Retry-After', 'HTTP 503 without Retry-After'],
    ['gateway-timeout', 'HTTP 504', 'HTTP 504'],
    ['no-content', 'HTTP 204', 'HTTP 204'],
    ['not-modified', 'HTTP 304', 'HTTP 304'],
    ['partial-content', 'HTTP 206, la moitié', 'HTTP 206, half of it'],
    ['busy', 'HTTP 503, Retry-After: 0, sans fin', 'HTTP 503, Retry-After: 0, for ever'],
    ['busy', 'HTTP 503, une fois', 'HTTP 503, once', { name: 'busy-once', ...ONCE }],
    ['busy-for-a-day', 'HTTP 503, revenir demain', 'HTTP 503, come back tomorrow'],
    ['busy-until-a-date', 'HTTP 503, revenir à une date', 'HTTP 503, come back at a date'],
    ['busy-until-yesterday', 'HTTP 503, revenir hier', 'HTTP 503, come back yesterday'],
    ['busy-for-less-than-nothing', 'HTTP 503, Retry-After: -5', 'HTTP 503, Retry-After: -5'],
    ['busy-in-words', 'HTTP 503, Retry-After en lettres', 'HTTP 503, Retry-After in words'],
    [
      'busy-for-ever',
      'HTTP 503, revenir dans mille ans',
      'HTTP 503, come back in a thousand years',
      { partner: { overridden: true } },
    ],
    ['too-many-requests', 'HTTP 429, revenir demain', 'HTTP 429, come back tomorrow'],
    ['errors-with-status', 'Des notices avec HTTP 422', 'Records with HTTP 422'],
    ['records-with-status-500', 'Des notices avec HTTP 500', 'Records with HTTP 500'],
  ]),
  set(
    'http',
    'redirected-for-good',
    ['Redirigé pour toujours, vers une bonne adresse', 'Redirected for good, to a good address'],
    (repository) => {
      return redirecting(repository, 301, ({ url, search }) => `${url.replace('/oai', '/neuf')}${search}`);
    },
  ),
  set(
    'http',
    'redirected-to-another-host',
    ['Redirigé vers un autre hôte', 'Redirected to another host'],
    (repository) => {
      return redirecting(
        repository,
        302,
        ({ url, search }) => `${url.replace('127.0.0.1', 'localhost').replace('/oai', '/neuf')}${search}`,
      );
    },
  ),
  set(
    'http',
    'redirected-without-the-query',
    ['Redirigé sans la demande', 'Redirected without the query'],
    (repository) => {
      return redirecting(repository, 302, ({ url }) => url.replace('/oai', '/neuf'));
    },
  ),
  set('http', 'redirected-to-itself', ['Redirigé vers soi-même', 'Redirected to itself'], (repository) => {
    return redirecting(repository, 302, ({ url, search }) => `${url}${search}`);
  }),
  set('http', 'redirected-in-a-ring', ['Redirigé en rond', 'Redirected in a ring'], (repository) => {
    let turn = 0;
    return redirecting(repository, 302, ({ url, search }) => `${url}${search}&tour=${turn++ % 2}`);
  }),
  set('http', 'redirected-for-ever', ['Redirigé toujours plus loin', 'Redirected ever further'], (repository) => {
    let turn = 0;
    return redirecting(repository, 302, ({ url, search }) => `${url}${search}&tour=${turn++}`);
  }),
  set('http', 'redirected-nowhere', ['Redirigé sans dire où', 'Redirected without saying where'], (repository) => {
    return redirecting(repository, 302, () => undefined);
  }),
  set(
    'http',
    'redirected-to-a-file',
    ['Redirigé vers file:///etc/passwd', 'Redirected to file:///etc/passwd'],
    (repository) => {
      return redirecting(repository, 302, () => 'file:///etc/passwd');
    },
  ),
  refused('private-address', ['Une adresse privée, refusée', 'A private address, refused'], ({ url }) => url),
  refused(
    'private-name',
    ['Un nom qui mène à une adresse privée, refusé', 'A name that leads to a private address, refused'],
    ({ url }) => url.replace('127.0.0.1', 'localhost'),
  ),
  refused(
    'private-address-in-disguise',
    ['Une adresse privée déguisée, refusée', 'A private address in disguise, refused'],
    ({ url }) => url.replace('127.0.0.1', '2130706433'),
  ),
  set(
    'http',
    'tls-where-there-is-none',
    ['https là où il n’y a que http', 'https where there is only http'],
    (repository) => {
      const options = { url: repository.url.replace('http:', 'https:'), metadataPrefix: 'oai_dc', pauseMs: 1 };
      const partner = repository.partner();
      const source = { ...partner.source, options };
      return {
        ...partner,
        source,
        heal: () => {
          options.url = repository.url;
        },
      };
    },
  ),
  set(
    'http',
    'base-url-with-a-query',
    ['Une adresse qui a déjà une question', 'An address that has a query already'],
    (repository) => {
      repository.instead = (request) => {
        request.url = (request.url ?? '').replace(/([?&])base=essai&?/, '$1');
        return false;
      };
      return repository.partner({ options: { url: `${repository.url}?base=essai` } });
    },
  ),
];

interface Asked {
  readonly url: string;
  readonly search: string;
}

/** Every list request to /oai is answered by a redirect. */
function redirecting(repository: Repository, status: number, to: (asked: Asked) => string | undefined) {
  repository.instead = (request, response) => {
    const search = (request.url ?? '').replace(/^[^?]*/, '');
    if (!(request.url ?? '').startsWith('/oai') || !search.includes('verb=ListRecords')) return false;
    const location = to({ url: repository.url, search });
    response.writeHead(status, location === undefined ? {} : { location }).end();
    return true;
  };
  return repository.partner();
}

/** A source that may not read private addresses; mended, it may. */
function refused(name: string, [fr, en]: readonly [string, string], urlOf: (repository: Repository) => string): Fault {
  return set('http', name, [fr, en], (repository) => {
    const before = repository.asked.length;
    const partner = repository.partner({ options: { url: urlOf(repository) } });
    const source = { ...partner.source, allowPrivate: false };
    const also = () => (repository.asked.length > before ? ['the private address was asked'] : []);
    return {
      ...partner,
      source,
      also,
      heal: () => {
        source.allowPrivate = true;
      },
    };
  });
}
