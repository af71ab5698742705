/** Tokens that expire, are refused, turn in circles, or only look as if they did. */
import type { Fault } from './fault.ts';
import { ALWAYS, onPages, set } from './rows.ts';

const FIRST = { at: 1 } as const;

export const TOKEN_FAULTS: readonly Fault[] = [
  ...onPages('tokens', [
    [
      'constant-token',
      'Le même jeton à chaque page d’une liste honnête',
      'The same token on every page of an honest list',
      FIRST,
    ],
    ['same-page', 'La même page, sans fin', 'The same page, for ever', FIRST],
    [
      'same-page-new-tokens',
      'La même page, sans fin, avec d’autres jetons',
      'The same page for ever, with new tokens',
      FIRST,
    ],
    ['cycle', 'Les pages reviennent en rond', 'The pages go round in a circle', FIRST],
    ['refused-token', 'Tout jeton est refusé', 'Every token is refused'],
    [
      'refused-token',
      'Un jeton est refusé une fois',
      'A token is refused once',
      { name: 'refused-token-once', at: 3, times: 1 },
    ],
    [
      'not-found',
      'Un jeton expiré donne HTTP 404',
      'An expired token gives HTTP 404',
      { name: 'token-not-found', at: 3, times: 1 },
    ],
    ['token-in-the-past', 'Un jeton périmé qui marche encore', 'A token past its date that still works'],
    ['token-on-lines', 'Un jeton entouré de lignes vides', 'A token between line breaks'],
    ['token-first', 'Le jeton avant les notices', 'The token before the records'],
  ]),
  set(
    'tokens',
    'tokens-forgotten',
    ['Les jetons d’hier ne valent plus', 'Yesterday’s tokens are no longer known'],
    (repository) => {
      repository.faults.push({ kind: 'html', at: 3, times: ALWAYS });
      const partner = repository.partner();
      return {
        ...partner,
        heal: (spoilt) => {
          repository.forgetTokens();
          return partner.heal(spoilt);
        },
      };
    },
  ),
  set(
    'tokens',
    'token-of-every-sign',
    ['Un jeton plein de signes : + / = & % espace', 'A token full of signs: + / = & % blank'],
    (repository) => {
      repository.rewriteTokens(
        (token) => `${token}+/=&%25 é|"'`,
        (shown) => shown.replace(/\+\/=&%25 é\|"'$/, ''),
      );
      return repository.partner();
    },
  ),
  set(
    'tokens',
    'token-of-8000-characters',
    ['Un jeton de 8 000 caractères', 'A token of 8,000 characters'],
    (repository) => {
      repository.rewriteTokens(
        (token) => `${token}${'~'.repeat(8_000)}`,
        (shown) => shown.replace(/~+$/, ''),
      );
      return repository.partner();
    },
  ),
  set('tokens', 'empty-pages-for-ever', ['Des pages vides, sans fin', 'Empty pages, for ever'], (repository) => {
    let count = 0;
    repository.instead = (request, response) => {
      if (!/resumptionToken/.test(request.url ?? '')) return false;
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(emptyPage(`vide-${count++}`));
      return true;
    };
    return repository.partner();
  }),
  set('tokens', 'one-empty-page', ['Une page vide, puis la suite', 'An empty page, then the rest'], (repository) => {
    let waiting = '';
    repository.instead = (request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const token = url.searchParams.get('resumptionToken');
      if (token === null) return false;
      if (token === 'vide' && waiting !== '') {
        url.searchParams.set('resumptionToken', waiting);
        request.url = `${url.pathname}${url.search}`;
        return false;
      }
      if (waiting !== '') return false;
      waiting = token;
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(emptyPage('vide'));
      return true;
    };
    return repository.partner();
  }),
];

function emptyPage(token: string): string {
  return `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T12:00:00Z</responseDate><request/><ListRecords><resumptionToken>${token}</resumptionToken></ListRecords></OAI-PMH>`;
}
