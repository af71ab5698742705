/** Bodies that are cut, empty, something else, wrongly encoded, slow, or without end. */
import type { Fault } from './fault.ts';
import { onPages, set } from './rows.ts';

const W1252: Readonly<Record<string, number>> = { œ: 0x9c, '’': 0x92, '–': 0x96, '€': 0x80 };

export const BODY_FAULTS: readonly Fault[] = [
  ...onPages('body', [
    ['breaks-off', 'La connexion est coupée au milieu', 'The connection is cut half-way'],
    ['truncated-xml', 'La moitié du XML, comme si c’était tout', 'Half of the XML, as if it were all'],
    ['truncated-gzip', 'La moitié du gzip', 'Half of the gzip'],
    ['truncated-brotli', 'La moitié du brotli', 'Half of the brotli'],
    ['gzip-with-garbage', 'Du gzip suivi d’autre chose', 'gzip with something after it'],
    ['gzip-twice', 'Du gzip dans du gzip', 'gzip within gzip'],
    ['gzip-in-name-only', 'Du gzip qui n’en est pas', 'gzip that is none'],
    ['gzip-unnamed', 'Du gzip sans le dire', 'gzip without saying so'],
    ['gzip-broken', 'Du gzip abîmé', 'Broken gzip'],
    ['bare-deflate', 'Du deflate nu', 'Bare deflate'],
    ['unknown-encoding', 'Un codage de transfert inconnu', 'An unknown content encoding'],
    ['empty', 'Une page vide', 'An empty body'],
    ['only-blanks', 'Rien que des blancs', 'Nothing but blanks'],
    ['html', 'Une page web au lieu d’OAI-PMH', 'A web page instead of OAI-PMH'],
    ['json', 'Du JSON', 'JSON'],
    ['binary', 'Des octets quelconques', 'Any bytes'],
    ['other-xml', 'Un autre XML', 'Another XML'],
    ['bad-utf8', 'Du latin-1 qui se dit UTF-8', 'latin-1 that says it is UTF-8'],
    ['lying-charset', 'De l’UTF-8 qu’HTTP dit latin-1', 'UTF-8 that HTTP calls latin-1'],
    ['unknown-charset', 'Un charset inconnu', 'An unknown charset'],
    ['latin1', 'Du latin-1 qui le dit', 'latin-1 that says so'],
    ['latin1-undeclared', 'Du latin-1 qui ne dit rien', 'latin-1 that says nothing'],
    ['utf16', 'De l’UTF-16', 'UTF-16'],
    ['no-content-type', 'Sans Content-Type', 'Without a Content-Type'],
    ['html-content-type', 'Du XML qui se dit HTML', 'XML that says it is HTML'],
    ['cut-in-a-character', 'Coupée au milieu d’un caractère', 'Cut within a character'],
    ['never-answers', 'Ne répond jamais', 'Never answers'],
    [
      'never-answers',
      'Ne répond pas, une fois',
      'Does not answer, once',
      { name: 'never-answers-once', at: 3, times: 1 },
    ],
    ['resets', 'Coupe sans répondre', 'Resets without an answer'],
    [
      'resets',
      'Coupe sans répondre, une fois',
      'Resets without an answer, once',
      { name: 'resets-once', at: 3, times: 1 },
    ],
    ['resets-in-body', 'Coupe au milieu du corps', 'Resets within the body'],
    ['stops-in-body', 'Se tait au milieu du corps', 'Falls silent within the body'],
    ['cut-in-chunks', 'Coupe au milieu des morceaux', 'Cut within chunks'],
    ['length-too-long', 'Annonce plus d’octets qu’il n’en vient', 'Announces more bytes than come'],
    ['length-too-short', 'Annonce moins d’octets qu’il n’en vient', 'Announces fewer bytes than come'],
    ['byte-by-byte', 'Un octet toutes les 20 ms', 'A byte every 20 ms'],
    ['many-small-chunks', 'Des morceaux d’un octet', 'Chunks of one byte'],
    ['never-ends', 'Ne finit jamais, lentement', 'Never ends, slowly'],
    ['never-ends-fast', 'Ne finit jamais, vite', 'Never ends, fast'],
    ['not-http', 'Répond autre chose que HTTP', 'Answers something other than HTTP'],
    ['huge-headers', 'Un en-tête de 300 ko', 'A header of 300 kB'],
    ['hangs-up-after', 'Raccroche après chaque page', 'Hangs up after each page'],
  ]),
  set(
    'body',
    'windows-1252',
    ['Du windows-1252 qui se dit UTF-8 (œ, ’, –, €)', 'windows-1252 that says it is UTF-8 (œ, ’, –, €)'],
    (repository) => {
      repository.instead = (request, response) => {
        delete request.headers['accept-encoding'];
        const writeHead = response.writeHead.bind(response);
        response.writeHead = ((status: number) =>
          writeHead(status, { 'content-type': 'text/xml' })) as typeof writeHead;
        const end = response.end.bind(response);
        response.end = ((body: Uint8Array) => end(windows1252(Buffer.from(body).toString('utf8')))) as typeof end;
        return false;
      };
      return repository.partner();
    },
    { titleOf: (n) => `L’œuvre nº ${n} – dorée à 5 €` },
  ),
  set('body', 'down', ['Le serveur est arrêté', 'The server is down'], (repository) => {
    const { url } = repository;
    const options = { url: url.replace(/:\d+/, ':9'), metadataPrefix: 'oai_dc', pauseMs: 1 };
    const partner = repository.partner();
    const source = { ...partner.source, options };
    return {
      ...partner,
      source,
      heal: () => {
        options.url = url;
      },
    };
  }),
];

function windows1252(text: string): Buffer {
  return Buffer.from([...text].map((character) => W1252[character] ?? character.charCodeAt(0)));
}
