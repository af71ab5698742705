import { describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { parseXml } from '../../xml-stream.ts';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { cutEdm } from './cut.ts';
import { edm } from './edm.ts';

const NAMESPACES = `xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:edm="http://www.europeana.eu/schemas/edm/"
  xmlns:ore="http://www.openarchives.org/ore/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:skos="http://www.w3.org/2004/02/skos/core#" xmlns:wgs84_pos="http://www.w3.org/2003/01/geo/wgs84_pos#"
  xmlns:ebucore="http://www.ebu.ch/metadata/ontologies/ebucore/ebucore#"`;
const document = (...parts: readonly string[]) =>
  `<?xml version="1.0"?><rdf:RDF ${NAMESPACES}>${parts.join('\n')}</rdf:RDF>`;

const ID = 'https://example.org/ark:/99999/essai1';
const THING = `<edm:ProvidedCHO rdf:about="${ID}">
    <dc:title xml:lang="en">Sample book</dc:title><dc:title xml:lang="fr">Livre d’échantillons</dc:title>
    <dc:description xml:lang="fr">Échantillons collés.&#10;Écrire à demo@example.org</dc:description>
    <dc:type xml:lang="fr">Registre</dc:type><dc:identifier>EX-2 R 14</dc:identifier><dc:identifier>${ID}</dc:identifier>
    <dc:creator rdf:resource="#personne"/><dc:subject rdf:resource="#notion"/><dc:subject>tissage ; filature</dc:subject>
    <dc:subject rdf:resource="http://example.org/inconnu"/>
    <dcterms:created rdf:resource="#temps"/><dcterms:spatial rdf:resource="#lieu"/><dcterms:extent>24 x 30 cm</dcterms:extent>
    <dcterms:medium>papier</dcterms:medium><dc:publisher>Éditeur d’exemple</dc:publisher><dc:language>fr</dc:language><edm:type>TEXT</edm:type>
  </edm:ProvidedCHO>`;
const AGGREGATION = `<ore:Aggregation rdf:about="#agregation"><edm:aggregatedCHO rdf:resource="${ID}"/>
    <edm:dataProvider xml:lang="fr">Archives d’exemple</edm:dataProvider><edm:provider>Relais d’exemple</edm:provider>
    <edm:isShownAt rdf:resource="https://example.org/notice/1"/><edm:isShownBy rdf:resource="https://example.org/1.jpg"/>
    <edm:hasView rdf:resource="https://example.org/2"/><edm:object rdf:resource="https://example.org/1.jpg"/>
    <edm:rights rdf:resource="http://creativecommons.org/publicdomain/mark/1.0/"/></ore:Aggregation>`;
const CONTEXTS = `<edm:WebResource rdf:about="https://example.org/2"><edm:rights rdf:resource="http://rightsstatements.org/vocab/InC/1.0/"/>
      <ebucore:hasMimeType>image/jpeg</ebucore:hasMimeType></edm:WebResource>
    <edm:Agent rdf:about="#personne"><skos:prefLabel xml:lang="en">Example maker</skos:prefLabel><skos:prefLabel xml:lang="fr">Fabricant d’exemple</skos:prefLabel></edm:Agent>
    <skos:Concept rdf:about="#notion"><skos:prefLabel xml:lang="fr">Échantillon</skos:prefLabel></skos:Concept>
    <edm:TimeSpan rdf:about="#temps"><edm:begin>1890</edm:begin><edm:end>1899</edm:end></edm:TimeSpan>
    <edm:Place rdf:about="#lieu"><skos:prefLabel>Lieu d’exemple</skos:prefLabel><wgs84_pos:lat>10.5</wgs84_pos:lat><wgs84_pos:long>20.25</wgs84_pos:long></edm:Place>`;

describe('edm from a file', () => {
  test('a record with its aggregation, its pictures and what it names', async () => {
    const { records, rejected, notes, told } = await recordsOf(
      edm,
      fileOf(document(THING, AGGREGATION, CONTEXTS), 'edm.xml'),
    );
    expect(rejected).toEqual([]);
    expect(told).toEqual([]);
    expect(codes(notes)).toEqual(['edm-links-unresolved']);
    expect(records.get(ID)).toMatchObject({
      kind: 'HeritageObject',
      identifiers: [{ scheme: 'ark', value: 'ark:/99999/essai1' }],
      fields: {
        name: 'Livre d’échantillons',
        alternativeNames: ['Sample book'],
        description: 'Échantillons collés.\nÉcrire à\nÉditeur : Éditeur d’exemple\nLangue : fr',
        page: 'https://example.org/notice/1',
        objectKind: 'document',
        objectTypes: ['Registre'],
        inventoryNumber: 'EX-2 R 14',
        date: { text: '1890/1899', from: 1890, to: 1899 },
        dimensions: '24 x 30 cm',
        credit: 'Archives d’exemple\nRelais d’exemple',
        point: { latitude: 10.5, longitude: 20.25, precision: 'area' },
      },
      relations: {
        creators: [{ text: 'Fabricant d’exemple' }],
        subjects: [{ text: 'tissage' }, { text: 'filature' }, { text: 'Échantillon' }],
        techniques: [{ text: 'papier' }],
        madeIn: [{ text: 'Lieu d’exemple' }],
        media: [
          { media: { url: 'https://example.org/1.jpg', republishable: true } },
          { media: { url: 'https://example.org/2', mediaType: 'image', republishable: false } },
        ],
      },
    });
  });

  test('in whatever order the parts stand', async () => {
    const one = await recordsOf(edm, fileOf(document(THING, AGGREGATION, CONTEXTS)));
    const other = await recordsOf(edm, fileOf(document(CONTEXTS, AGGREGATION, THING)));
    expect(other.records).toEqual(one.records);
  });

  test('the stored bytes give the row again', async () => {
    const { cuts } = await cutAll(edm, fileOf(document(THING, AGGREGATION, CONTEXTS)));
    expect(cuts).toHaveLength(1);
    for (const cut of cuts)
      if (cut.kind === 'record') expect(edm.row?.(cut.raw ?? new Uint8Array(), undefined)).toEqual(cut.row);
  });

  test('parts written within one another, as well as side by side', async () => {
    const nested = `<ore:Aggregation rdf:about="#agregation"><edm:aggregatedCHO>${THING}</edm:aggregatedCHO>
      <edm:isShownBy><edm:WebResource rdf:about="https://example.org/1.jpg"><edm:rights rdf:resource="http://rightsstatements.org/vocab/InC/1.0/"/></edm:WebResource></edm:isShownBy>
      <edm:dataProvider><edm:Agent><skos:prefLabel>Archives d’exemple</skos:prefLabel></edm:Agent></edm:dataProvider></ore:Aggregation>`;
    const context = { id: ID, source: { name: 's', title: 'S', licence: '' }, options: undefined };
    const expected = {
      fields: { name: 'Livre d’échantillons', credit: 'Archives d’exemple', date: { from: 1890 } },
      relations: { media: [{ media: { url: 'https://example.org/1.jpg', republishable: false } }] },
    };
    const { records, told } = await recordsOf(edm, fileOf(document(nested, CONTEXTS)));
    expect(records.get(ID)).toMatchObject(expected);
    expect(codes(told)).toEqual(['edm-parts-alone']);
    const answer = `<OAI-PMH><metadata><rdf:RDF ${NAMESPACES}>${nested}${CONTEXTS}</rdf:RDF></metadata></OAI-PMH>`;
    expect((await recordsOf(edm, fileOf(answer))).records.get(ID)).toMatchObject(expected);
    expect(edm.map(parseXml(document(nested, CONTEXTS)) as unknown as Json, context)).toMatchObject({
      record: expected,
    });
  });

  const thing = (n: number) =>
    `<edm:ProvidedCHO rdf:about="#o${n}"><dc:title>Notice ${n}</dc:title><dcterms:spatial rdf:resource="#commun"/></edm:ProvidedCHO>
     <ore:Aggregation rdf:about="#a${n}"><edm:aggregatedCHO rdf:resource="#o${n}"/><edm:isShownBy>https://example.org/${n}.jpg</edm:isShownBy></ore:Aggregation>`;
  const PLACE = '<edm:Place rdf:about="#commun"><skos:prefLabel>Lieu d’exemple</skos:prefLabel></edm:Place>';

  test('many records share what they name; what waits is bounded, and nothing is lost', async () => {
    const file = fileOf(
      document(PLACE, ...Array.from({ length: 300 }, (_, n) => thing(n))),
      'grand.xml',
      undefined,
      997,
    );
    const told: Finding[] = [];
    const found = new Map<string, number>();
    for await (const cut of cutEdm(file, (one) => told.push(one), { waiting: 5_000, shared: 20_000 })) {
      if (cut.kind !== 'record') throw new Error(cut.finding.code);
      found.set(cut.id, (cut.row as unknown as { children: unknown[] }).children.length);
    }
    expect(told).toEqual([]);
    expect([...found.keys()]).toEqual(Array.from({ length: 300 }, (_, n) => `#o${n}`));
    expect(new Set(found.values())).toEqual(new Set([3]));
  });

  test('parts that stand too far from their record are told', async () => {
    const things = Array.from({ length: 50 }, (_, n) => thing(n).split('\n'));
    const file = fileOf(document(...things.map(([cho]) => cho as string), ...things.map(([, rest]) => rest as string)));
    const told: Finding[] = [];
    const ids: string[] = [];
    for await (const cut of cutEdm(file, (one) => told.push(one), { waiting: 2_000, shared: 20_000 })) {
      if (cut.kind === 'record') ids.push(cut.id);
    }
    expect(ids).toHaveLength(50);
    expect(codes(told)).toEqual(['edm-parts-alone']);
  });

  test('no identifier, no name, no record, no XML: each is said', async () => {
    const nameless = '<edm:ProvidedCHO rdf:about="#vide"><edm:type>TEXT</edm:type></edm:ProvidedCHO>';
    const idless = '<edm:ProvidedCHO><dc:title>Sans identifiant</dc:title></edm:ProvidedCHO>';
    expect(codes((await recordsOf(edm, fileOf(document(nameless)))).rejected)).toEqual(['format-no-name']);
    expect(codes((await recordsOf(edm, fileOf(document(idless)))).rejected)).toEqual(['edm-id-missing']);
    expect(codes((await recordsOf(edm, fileOf('<liste><a/></liste>'))).rejected)).toEqual(['edm-none']);
    const cut = document(THING, AGGREGATION).slice(0, -40);
    const broken = await recordsOf(edm, fileOf(cut));
    expect([...broken.records.keys()]).toEqual([ID]);
    expect(codes(broken.rejected)).toEqual(['edm-xml-broken']);
  });

  test('an OAI-PMH answer that was saved: each RDF document is a record', async () => {
    const record = `<record><metadata><rdf:RDF ${NAMESPACES}>${THING}${AGGREGATION}${CONTEXTS}</rdf:RDF></metadata></record>`;
    const { records, told } = await recordsOf(edm, fileOf(`<OAI-PMH><ListRecords>${record}</ListRecords></OAI-PMH>`));
    expect([...records.keys()]).toEqual([ID]);
    expect(told).toEqual([]);
    const alone = await recordsOf(edm, fileOf(document(THING, AGGREGATION, CONTEXTS)));
    expect(records.get(ID)).toEqual(alone.records.get(ID));
  });
});

describe('edm from OAI-PMH', () => {
  const context = { id: 'oai:example.org:1', source: { name: 's', title: 'S', licence: '' }, options: undefined };
  const row = (xml: string) =>
    ({
      header: { identifier: context.id, datestamp: '2024-01-01', sets: [] },
      metadata: parseXml(xml),
    }) as unknown as Json;

  test('the metadata are an RDF document', () => {
    expect(edm.map(row(document(THING, AGGREGATION, CONTEXTS)), context)).toMatchObject({
      record: { fields: { name: 'Livre d’échantillons' }, relations: { media: [{}, {}] } },
    });
  });

  test('rdf:Description with its type, people within, and the proxies of Europeana', () => {
    const xml =
      document(`<rdf:Description rdf:about="#o"><rdf:type rdf:resource="http://www.europeana.eu/schemas/edm/ProvidedCHO"/></rdf:Description>
      <ore:Proxy rdf:about="#p"><dc:title>Enregistrement</dc:title><edm:type>SOUND</edm:type>
        <dc:creator><edm:Agent><skos:prefLabel>Atelier d’exemple</skos:prefLabel></edm:Agent></dc:creator><ore:proxyFor rdf:resource="#o"/></ore:Proxy>
      <ore:Proxy rdf:about="#q"><edm:europeanaProxy>true</edm:europeanaProxy><dc:title>Machine</dc:title><ore:proxyFor rdf:resource="#o"/></ore:Proxy>`);
    expect(edm.map(row(xml), context)).toMatchObject({
      record: {
        fields: { name: 'Enregistrement', objectKind: 'testimony' },
        relations: { creators: [{ text: 'Atelier d’exemple' }] },
      },
    });
  });

  test('what is not EDM is said', () => {
    expect(edm.map(row('<dc><title>x</title></dc>'), context)).toMatchObject({
      rejected: { code: 'format-row-foreign' },
    });
  });
});
