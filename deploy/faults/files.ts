/** Files that are fetched from a partner: cut, empty, something else, changed overnight. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { storedZip } from '#connectors/files/stored-zip.ts';
import type { Fault, Harvest, Partner, Stage } from './fault.ts';
import { type Given, Table } from './table.ts';

const HTML = '<!DOCTYPE html><html lang="fr"><head><title>Connexion</title></head><body><form></form></body></html>';
const MEGABYTE = 1024 * 1024;

/** At the first harvest already. */
const broken = (name: string, fr: string, en: string, given: (table: Table) => Given, file = 'table.csv'): Fault =>
  tabled(name, fr, en, (table) => {
    table.name = file;
    table.given = given(table);
    return table.partner();
  });

/** After a harvest of the healthy file. */
const later = (name: string, fr: string, en: string, breaks: (table: Table) => void): Fault =>
  tabled(name, fr, en, (table) => table.partner({ breaks: () => breaks(table) }));

const status = (code: number, headers: Record<string, string> = {}): Given => {
  return (response) => void response.writeHead(code, headers).end();
};
const half = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length / 2));
const announced = (length: (csv: Buffer) => number, sent: (csv: Buffer) => Uint8Array): Given => {
  return (response, csv) => {
    response.socket?.write(`HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: ${length(csv)}\r\n\r\n`);
    response.socket?.end(sent(csv));
  };
};
const begun = (then: (response: ServerResponse, csv: Buffer) => void): Given => {
  return (response, csv) => {
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.write(half(csv), () => then(response, csv));
  };
};
const withLine = (table: Table, n: number, change: (line: string) => string) =>
  `${table
    .lines()
    .map((line, at) => (at === n ? change(line) : line))
    .join('\n')}\n`;
const zipped = (table: Table) => storedZip([{ name: 'a/table.csv', content: table.csv() }]);

export const FILE_FAULTS: readonly Fault[] = [
  broken('file-breaks-off', 'Le téléchargement est coupé', 'The download breaks off', () =>
    announced((csv) => csv.length, half),
  ),
  broken(
    'file-shorter-than-announced',
    'Plus d’octets annoncés qu’il n’en vient',
    'More bytes announced than come',
    () =>
      announced(
        (csv) => csv.length + 99,
        (csv) => csv,
      ),
  ),
  broken('file-cut-in-chunks', 'Coupé au milieu des morceaux', 'Cut within chunks', () =>
    begun((response) => response.destroy()),
  ),
  broken('file-stops', 'Le serveur se tait au milieu', 'The server falls silent half-way', () =>
    begun(() => undefined),
  ),
  broken('file-never-ends', 'Le fichier ne finit jamais', 'The file never ends', () =>
    begun((response) => {
      const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write(' ')), 20);
      response.on('close', () => clearInterval(timer));
    }),
  ),
  broken('file-gzip-cut', 'La moitié du gzip', 'Half of the gzip', () => (response, csv) => {
    response.writeHead(200, { 'content-type': 'text/csv', 'content-encoding': 'gzip' }).end(half(gzipSync(csv)));
  }),
  broken('file-web-page', 'Une page web', 'A web page', () => HTML),
  broken('file-empty', 'Un fichier vide', 'An empty file', () => ''),
  broken('file-header-only', 'Un en-tête sans rien', 'A header and nothing else', (table) => `${table.lines()[0]}\n`),
  broken('file-binary', 'Des octets quelconques', 'Any bytes', () =>
    Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 37) % 256)),
  ),
  broken('file-404', 'HTTP 404', 'HTTP 404', () => status(404)),
  broken('file-500', 'HTTP 500', 'HTTP 500', () => status(500)),
  broken('file-204', 'HTTP 204', 'HTTP 204', () => status(204)),
  broken('file-busy-for-a-day', 'HTTP 503, revenir demain', 'HTTP 503, come back tomorrow', () =>
    status(503, { 'retry-after': '86400' }),
  ),
  broken('file-redirected-to-itself', 'Redirigé vers soi-même', 'Redirected to itself', (table) =>
    status(302, { location: `${table.origin}/table.csv` }),
  ),
  broken(
    'file-quote-broken',
    'Un guillemet jamais fermé au milieu',
    'A quote that is never closed, half-way',
    (table) => withLine(table, 20, (line) => line.replace(';', ';"')),
  ),
  broken('file-too-few-cells', 'Une ligne sans nom', 'A line without a name', (table) =>
    withLine(table, 20, (line) => line.split(';')[0] ?? ''),
  ),
  broken(
    'file-mixed-encodings',
    'Une moitié en UTF-8, l’autre en latin-1',
    'Half in UTF-8, half in latin-1',
    (table) => {
      const lines = table.lines();
      const text = (part: readonly string[]) => `${part.join('\n')}\n`;
      return Buffer.concat([Buffer.from(text(lines.slice(0, 20))), Buffer.from(text(lines.slice(20)), 'latin1')]);
    },
  ),
  broken('file-latin1', 'Tout en latin-1', 'All in latin-1', (table) => Buffer.from(table.csv().toString(), 'latin1')),
  broken('file-utf16', 'Tout en UTF-16', 'All in UTF-16', (table) => Buffer.from(`\ufeff${table.csv()}`, 'utf16le')),
  broken('file-nul-bytes', 'Des octets nuls au milieu', 'NUL bytes half-way', (table) =>
    withLine(table, 20, (line) => `${line}\0\0\0`),
  ),
  broken(
    'file-lost-the-name',
    'La colonne du nom a changé de titre',
    'The column of the name has another title',
    (table) => table.csv().toString().replace('Nom', 'Désignation'),
  ),
  broken(
    'file-lost-the-identifier',
    'La colonne de l’identifiant a disparu',
    'The column of the identifier is gone',
    (table) => table.csv().toString().replace('Identifiant', 'Divers'),
  ),
  broken(
    'file-identifier-twice',
    'Un identifiant deux fois',
    'An identifier twice',
    (table) => `${table.csv()}${table.lines()[3]}\n`,
  ),
  broken('file-header-twice', 'L’en-tête revient au milieu', 'The header comes again half-way', (table) =>
    withLine(table, 20, (line) => `${table.lines()[0]}\n${line}`),
  ),
  broken('file-huge-cell', '10 Mo dans une cellule', '10 MB in one cell', (table) =>
    withLine(table, 20, (line) => line + 'x'.repeat(10 * MEGABYTE)),
  ),
  broken(
    'zip-cut',
    'Une archive coupée en deux',
    'An archive cut in half',
    (table) => half(zipped(table)),
    'table.zip',
  ),
  broken('zip-bomb', 'Une archive qui enfle', 'An archive that swells', () => bomb(), 'table.zip'),
  broken(
    'zip-with-password',
    'Une archive sous mot de passe',
    'An archive under a password',
    (table) => storedZip([{ name: 'table.csv', content: table.csv(), encrypted: true }]),
    'table.zip',
  ),
  broken(
    'zip-with-a-broken-neighbour',
    'Une archive dont un fichier est une page web',
    'An archive of which one file is a web page',
    (table) =>
      storedZip([
        { name: 'a.csv', content: table.csv() },
        { name: 'b.csv', content: HTML },
      ]),
    'table.zip',
  ),
  later('file-not-modified', 'HTTP 304 sans qu’on l’ait demandé', 'HTTP 304 that nobody asked for', (table) => {
    table.given = status(304);
  }),
  later('file-emptied', 'Le fichier est vide depuis', 'The file is empty since', (table) => {
    table.given = '';
  }),
  later(
    'file-shrank-by-half',
    'Le fichier a perdu la moitié de ses lignes',
    'The file has lost half of its lines',
    (table) => table.remove((n) => n >= 20),
  ),
  later(
    'file-longer-than-announced',
    'Content-Length ne compte que la moitié des lignes',
    'Content-Length counts only half of the lines',
    (table) => {
      const whole = table.csv();
      table.remove((n) => n >= 20);
      table.given = announced(
        () => table.csv().length,
        () => whole,
      );
    },
  ),
  later('file-lost-a-row', 'Le fichier a perdu une ligne', 'The file has lost a line', (table) =>
    table.remove((n) => n === 7),
  ),
  later(
    'file-lost-the-name-since',
    'La colonne du nom a changé de titre depuis',
    'The column of the name has another title since',
    (table) => {
      table.given = table.csv().toString().replace('Nom', 'Désignation');
    },
  ),
  tabled(
    'file-lost-rows-and-back',
    'Dix lignes manquent une nuit, puis reviennent',
    'Ten lines are missing one night, then return',
    (table, { clock }) => {
      const around = async (harvest: Harvest) => {
        const without = await harvest();
        clock.leap(25);
        table.restore();
        return [without, await harvest()];
      };
      return table.partner({ around, breaks: () => table.remove((n) => n < 10) });
    },
  ),
  later(
    'file-cut-in-a-line',
    'Le fichier s’arrête au milieu d’une ligne, comme si c’était tout',
    'The file stops within a line, as if that were all',
    (table) => {
      table.remove((n) => n >= 20);
      const csv = table.csv();
      table.given = csv.subarray(0, csv.length - 1);
    },
  ),
  later('file-lost-its-descriptions', 'Toutes les présentations sont vides', 'All descriptions are empty', (table) => {
    table.given = table
      .lines()
      .map((line) => line.replace(/;[^;]*$/, ';'))
      .join('\n');
  }),
  later('file-changed', 'Toutes les lignes ont changé', 'All lines have changed', (table) =>
    table.describe((n) => `Noyer, ${n} fuseaux, ciré`),
  ),
];

/** Claims to unpack to 4 GB. */
function bomb(): Uint8Array {
  return storedZip([{ name: 'table.csv', content: gzipSync(Buffer.alloc(64)), claimedSize: 4_000_000_000 }]);
}

function tabled(name: string, fr: string, en: string, setUp: (table: Table, stage: Stage) => Partner): Fault {
  return { name, family: 'files', fr, en, start: async (stage) => setUp(await Table.start(), stage) };
}
