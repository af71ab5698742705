/** For a test: what a user may have saved of each partner, in each of the forms in which the partner gives it. Two entities a format, of demonstration. */
import { storedZip } from '../files/stored-zip.ts';
import { schoolAt } from '../partners/onisep/schools.ts';
import { firmRecords } from '../partners/opendatasoft/firms.ts';
import { schools } from '../partners/opendatasoft/schools.ts';
import { firmAt } from '../partners/recherche-entreprises/firms.ts';
import { resultOf } from '../partners/recherche-entreprises/result.ts';

export interface SavedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** By form: the files that a source names. Every form of one group tells of the same entities. */
export interface Saved {
  readonly format: string;
  readonly count: number;
  readonly options?: unknown;
  readonly forms: Readonly<Record<string, readonly SavedFile[]>>;
}

const BOM = '\ufeff';

const zipped = (name: string, files: readonly SavedFile[]): SavedFile => ({
  name,
  content: storedZip(files.map((file) => ({ name: file.name, content: Buffer.from(file.content) }))),
});

/** Rows of JSON: one a file, a list, one a line, and the page of the API that holds them. */
function json(format: string, rows: readonly unknown[], page?: (rows: readonly unknown[]) => unknown): Saved {
  const singles = rows.map((row, at) => ({ name: `objects/${at}/notice.json`, content: JSON.stringify(row) }));
  const list = JSON.stringify(rows);
  return {
    format,
    count: rows.length,
    forms: {
      'one a file': singles,
      'one a file, zipped': [zipped('flux.zip', singles)],
      list: [{ name: 'liste.json', content: list }],
      'list, with BOM and CRLF': [
        { name: 'liste.json', content: BOM + JSON.stringify(rows, null, 1).replaceAll('\n', '\r\n') },
      ],
      'one a line': [{ name: 'liste.ndjson', content: `${rows.map((row) => JSON.stringify(row)).join('\n')}\n` }],
      ...(page === undefined ? {} : { page: [{ name: 'page.json', content: JSON.stringify(page(rows), null, 2) }] }),
    },
  };
}

const latin = (text: string): Buffer => Buffer.from(text.replaceAll('’', "'"), 'latin1');

/** A table: as a partner exports it, and as it is after a spreadsheet or an archiver had it in its hands. */
function csv(format: string, lines: readonly string[], options?: unknown): Saved {
  const text = `${lines.join('\n').replaceAll('’', "'")}\n`;
  const named = (content: string | Uint8Array) => [{ name: 'export.csv', content }];
  const forms = {
    'UTF-8': named(text),
    'UTF-8 with BOM, CRLF': named(BOM + text.replaceAll('\n', '\r\n')),
    'windows-1252': named(latin(text)),
    'no end of line at the end': named(text.trimEnd()),
    zipped: [zipped('export.zip', named(text))],
  };
  return { format, count: lines.length - 1, options, forms };
}

const OAI = 'xmlns="http://www.openarchives.org/OAI/2.0/"';

/** An answer of OAI-PMH, as it is saved from a browser. */
export function oaiAnswer(verb: string, records: readonly { id: string; metadata: string }[], end = ''): string {
  const all = records.map(
    ({ id, metadata }) =>
      `<record><header><identifier>${id}</identifier><datestamp>2024-01-01</datestamp></header><metadata>${metadata}</metadata></record>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH ${OAI}><responseDate>2024-01-02T00:00:00Z</responseDate><request verb="${verb}">https://example.org/oai</request><${verb}>${all.join('')}${end}</${verb}></OAI-PMH>`;
}

/** Records of XML: one a file, many under a root, and answers of OAI-PMH. `id` is the one that stands in the record too. */
function xml(
  format: string,
  records: readonly { id: string; metadata: string }[],
  root: (inner: string) => string,
): Saved {
  const declared = (text: string, charset = 'UTF-8') => `<?xml version="1.0" encoding="${charset}"?>\n${text}`;
  const list = root(records.map(({ metadata }) => metadata).join('\n'));
  const singles = records.map(({ metadata }, at) => ({ name: `${at}.xml`, content: declared(root(metadata)) }));
  const gets = records.map((record, at) => ({ name: `${at}.xml`, content: oaiAnswer('GetRecord', [record]) }));
  const one = (content: string | Uint8Array) => [{ name: 'liste.xml', content }];
  return {
    format,
    count: records.length,
    forms: {
      'one a file': singles,
      list: one(declared(list)),
      'list, with BOM and CRLF': one(BOM + declared(list).replaceAll('\n', '\r\n')),
      'list in ISO-8859-1': one(latin(declared(list, 'ISO-8859-1'))),
      zipped: [zipped('export.zip', singles)],
      ...(format === 'feed' ? {} : { ListRecords: one(oaiAnswer('ListRecords', records)), GetRecord: gets }),
    },
  };
}

const DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
const LIDO = 'http://www.lido-schema.org';
const RDF = `xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:edm="http://www.europeana.eu/schemas/edm/" xmlns:ore="http://www.openarchives.org/ore/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/"`;

const dublinCore = (n: number) => ({
  id: `oai:exemple:${n}`,
  metadata: `<oai_dc:dc ${DC}><dc:title>Métier à tisser ${n}</dc:title><dc:type>métier</dc:type><dc:identifier>oai:exemple:${n}</dc:identifier><dc:date>19e siècle</dc:date></oai_dc:dc>`,
});
const lidoRecord = (n: number) => ({
  id: `exemple/${n}`,
  metadata: `<lido:lido xmlns:lido="${LIDO}"><lido:lidoRecID lido:type="local">exemple/${n}</lido:lidoRecID><lido:descriptiveMetadata xml:lang="fr"><lido:objectIdentificationWrap><lido:titleWrap><lido:titleSet><lido:appellationValue>Navette à main ${n}</lido:appellationValue></lido:titleSet></lido:titleWrap></lido:objectIdentificationWrap></lido:descriptiveMetadata></lido:lido>`,
});
const edmParts = (n: number) =>
  `<edm:ProvidedCHO rdf:about="https://example.org/${n}"><dc:title>Livre d'échantillons ${n}</dc:title><edm:type>TEXT</edm:type></edm:ProvidedCHO><ore:Aggregation rdf:about="#a${n}"><edm:aggregatedCHO rdf:resource="https://example.org/${n}"/><edm:isShownAt rdf:resource="https://example.org/notice/${n}"/></ore:Aggregation>`;
const rdf = (inner: string) => `<rdf:RDF ${RDF}>${inner}</rdf:RDF>`;
const feedItem = (n: number) => ({
  id: `nouvelle-${n}`,
  metadata: `<item><title>L'été au musée ${n}</title><link>https://example.org/${n}</link><guid isPermaLink="false">nouvelle-${n}</guid><pubDate>Fri, 06 Sep 2024 23:30:00 +0200</pubDate><category>Tissage</category><description>&lt;p&gt;Un texte.&lt;/p&gt;</description></item>`,
});

function edmSaved(): Saved {
  const saved = xml(
    'edm',
    [1, 2].map((n) => ({ id: `oai:exemple:${n}`, metadata: edmParts(n) })),
    rdf,
  );
  const records = [1, 2].map((n) => ({ id: `oai:exemple:${n}`, metadata: rdf(edmParts(n)) }));
  const gets = records.map((record, at) => ({ name: `${at}.xml`, content: oaiAnswer('GetRecord', [record]) }));
  const list = [{ name: 'liste.xml', content: oaiAnswer('ListRecords', records) }];
  return { ...saved, forms: { ...saved.forms, ListRecords: list, GetRecord: gets } };
}

const event = (uid: number) => ({
  uid,
  title: { fr: `Visite d’exemple ${uid}` },
  description: { fr: 'Une visite.' },
  keywords: { fr: ['tissage'] },
  timings: [{ begin: '2024-09-22T10:00:00.000+02:00', end: '2024-09-22T12:00:00.000+02:00' }],
  status: 1,
  state: 2,
  location: { name: 'Lieu d’exemple', city: 'Roubaix', insee: '59512', latitude: 10.5, longitude: 20.25 },
});
const tourist = (n: number) => ({
  '@id': `https://data.datatourisme.fr/00/0000000${n}-demo`,
  '@type': ['Museum', 'CulturalSite', 'PlaceOfInterest', 'PointOfInterest'],
  'rdfs:label': { fr: [`Musée de démonstration ${n}`] },
  isLocatedAt: [
    {
      'schema:address': [{ 'schema:postalCode': '59100', hasAddressCity: { insee: '59512' } }],
      'schema:geo': { 'schema:latitude': '46.5', 'schema:longitude': '3' },
    },
  ],
  lastUpdate: '2023-10-05',
});
const item = (id: number) => ({
  '@type': ['o:Item', 'bibo:Document'],
  'o:id': id,
  'o:is_public': true,
  'dcterms:title': [{ type: 'literal', property_label: 'Titre', is_public: true, '@value': `Notice ${id}` }],
  'dcterms:date': [{ type: 'literal', property_label: 'Date', is_public: true, '@value': '1900' }],
});
const manifest = (n: number) => ({
  '@context': 'http://iiif.io/api/presentation/3/context.json',
  id: `https://example.org/${n}/manifest.json`,
  type: 'Manifest',
  label: { fr: [`Document ${n}`] },
  metadata: [{ label: { fr: ['Date'] }, value: { none: ['1900'] } }],
  items: [{ id: 'c', type: 'Canvas', items: [] }],
});
const feature = (id: number) => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [3, 46.5] },
  properties: { nom: `Étape de démonstration ${id}`, année: 1911, commune: 'Roubaix' },
});
const notice = (n: number) => ({
  REF: `DEMO-${n}`,
  TICO: `Filature de démonstration ${n}`,
  DENO: ['filature'],
  COM: ['Roubaix'],
  DATE: ['1838'],
  AUTR: ['Exemple (architecte)'],
  HIST: 'Premier alinéa.',
  POP_COORDONNEES: { lat: 46.5, lon: 3 },
});
const museum = (n: number) => ({
  identifiant: `M990${n}`,
  nom_officiel: `Musée d’exemple ${n}`,
  ville: 'Exempleville',
  departement: 'Aisne',
  url: 'www.example.org',
  coordonnees: { lon: 3, lat: 46.5 },
});
const transcript = (comma: string, header: string) =>
  `${header}1\n00:00:01${comma}000 --> 00:00:04${comma}500\nBonjour à tous\n`;
const transcripts = (ending: string, text: string) =>
  ['un', 'deux'].map((name) => ({ name: `${name}.${ending}`, content: text }));
const vevent = (n: number) =>
  `BEGIN:VEVENT\r\nUID:${n}@example.org\r\nDTSTART:20240921T100000Z\r\nDTEND:20240921T120000Z\r\nSUMMARY:Visite ${n}\r\nEND:VEVENT\r\n`;
const calendar = (inner: string) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//essai//\r\n${inner}END:VCALENDAR\r\n`;
const tagged = (n: number) => `REF\nT000${n}\nTITR\nNavette à main ${n}\nDENO\nnavette\nMILL\n1853 vers\n//\n`;

const page =
  (key: string, more: object = {}) =>
  (rows: readonly unknown[]) => ({ ...more, [key]: rows });
const popTable = [
  'REF;TICO;DENO;COM;DATE',
  'DEMO-1;Filature d’essai;filature;Roubaix;1838',
  'DEMO-2;Atelier d’été;atelier;Roubaix;1840',
];

function pop(format: string): readonly Saved[] {
  const api = (rows: readonly unknown[]) => ({ data: rows, links: {}, meta: { total: rows.length } });
  return [json(format, [notice(1), notice(2)], api), csv(format, popTable)];
}

function text(format: string, name: string, one: (n: number) => string, all: (inner: string) => string): Saved {
  const whole = all(one(1) + one(2));
  const singles = [1, 2].map((n) => ({ name: `${n}-${name}`, content: all(one(n)) }));
  const forms = {
    'one a file': singles,
    'all in one': [{ name, content: whole }],
    'with BOM': [{ name, content: BOM + whole }],
    'line feeds alone': [{ name, content: whole.replaceAll('\r\n', '\n') }],
    CRLF: [{ name, content: whole.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') }],
    zipped: [zipped('export.zip', singles)],
  };
  return { format, count: 2, forms };
}

function spoken(format: string, ending: string, comma: string, header: string): Saved {
  const files = transcripts(ending, transcript(comma, header));
  const crlf = files.map(({ name, content }) => ({ name, content: BOM + content.replaceAll('\n', '\r\n') }));
  return { format, count: 2, forms: { 'one a file': files, 'BOM and CRLF': crlf, zipped: [zipped('t.zip', files)] } };
}

const joconde = (format: string): Saved =>
  csv(format, [
    'Reference|Titre|Denomination|Numero_inventaire',
    'T1|Le métier|affiche|2001.1',
    'T2|L’été|bobine|2001.2',
  ]);
const tableMap = { kind: 'Structure', id: 'code', fields: { name: 'nom' }, relations: { place: 'commune' } };

/** One vocabulary in the three forms in which it is passed on. */
function vocabulary(): Saved {
  const core = 'http://www.w3.org/2004/02/skos/core#';
  const uri = (n: number) => `https://example.org/notion/${n}`;
  const label = ['Outil', 'Navette à main'];
  const turtle = `@prefix skos: <${core}> .\n${[1, 2].map((n) => `<${uri(n)}> a skos:Concept ; skos:prefLabel "${label[n - 1]}"@fr .`).join('\n')}`;
  const triples = [1, 2].flatMap((n) => [
    `<${uri(n)}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <${core}Concept> .`,
    `<${uri(n)}> <${core}prefLabel> "${label[n - 1]}"@fr .`,
  ]);
  const described = [1, 2].map(
    (n) =>
      `<skos:Concept rdf:about="${uri(n)}"><skos:prefLabel xml:lang="fr">${label[n - 1]}</skos:prefLabel></skos:Concept>`,
  );
  const rdfXml = `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="${core}">${described.join('\n')}</rdf:RDF>`;
  const one = (name: string, content: string) => [{ name, content }];
  return {
    format: 'skos',
    count: 2,
    options: { scheme: 'object-type' },
    forms: {
      Turtle: one('notions.ttl', turtle),
      'Turtle, with BOM and CRLF': one('notions.ttl', BOM + turtle.replaceAll('\n', '\r\n')),
      'N-Triples': one('notions.nt', triples.join('\n')),
      'RDF/XML': one('notions.rdf', rdfXml),
      zipped: [zipped('notions.zip', one('notions.rdf', rdfXml))],
    },
  };
}

/** Everything that a user may have saved, of every format. */
export const SAVED: readonly Saved[] = [
  xml('oai-dc', [dublinCore(1), dublinCore(2)], (inner) => `<list>${inner}</list>`),
  xml(
    'lido',
    [lidoRecord(1), lidoRecord(2)],
    (inner) => `<lido:lidoWrap xmlns:lido="${LIDO}">${inner}</lido:lidoWrap>`,
  ),
  edmSaved(),
  xml(
    'feed',
    [feedItem(1), feedItem(2)],
    (inner) => `<rss version="2.0"><channel><title>T</title>${inner}</channel></rss>`,
  ),
  text('joconde-text', 'joconde.txt', tagged, (inner) => inner),
  text('joconde', 'joconde.txt', tagged, (inner) => inner),
  text('icalendar', 'agenda.ics', vevent, calendar),
  joconde('joconde-csv'),
  joconde('joconde'),
  json(
    'joconde',
    [1, 2].map((n) => ({ ...notice(n), TITR: 'Navette' })),
    page('results', { total_count: 2 }),
  ),
  ...['merimee', 'palissy', 'memoire'].flatMap(pop),
  json('museofile', [museum(1), museum(2)], page('results', { total_count: 2 })),
  csv('museofile', [
    'Identifiant;Nom_officiel;Ville;Departement',
    'M9901;Musée d’exemple;Exempleville;Aisne',
    'M9902;Musée d’été;Exempleville;Aisne',
  ]),
  csv('table', ['code;nom;commune', 'a;Musée d’exemple;Roubaix', 'b;Atelier d’été;Lille'], tableMap),
  vocabulary(),
  spoken('webvtt', 'vtt', '.', 'WEBVTT\n\n'),
  spoken('srt', 'srt', ',', ''),
  json('openagenda', [event(1), event(2)], page('events', { total: 2, after: null, success: true })),
  json('datatourisme', [tourist(1), tourist(2)]),
  json('omeka-s', [item(1), item(2)]),
  json('iiif', [manifest(1), manifest(2)]),
  json('geojson', [feature(1), feature(2)], page('features', { type: 'FeatureCollection' })),
  json('annuaire-education', schools(2), page('results', { total_count: 2 })),
  json('epv', firmRecords(2), page('results', { total_count: 2 })),
  json('onisep', [schoolAt(0), schoolAt(1)], page('results', { total: 2, size: 10, from: 0 })),
  json(
    'entreprise',
    [0, 1].map((rank) => resultOf(firmAt(rank), { parts: undefined, changed: false })),
    page('results', { total_results: 2, page: 1, per_page: 25, total_pages: 1 }),
  ),
];
