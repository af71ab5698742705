/** Every protocol and every format, by the name under which a source file asks for it. A new one is one line here. */
import { finding } from '#graph-schema/findings/finding.ts';
import { type Connector, SourceError } from './connector.ts';
import { createFilesConnector } from './files/connector.ts';
import type { Format } from './format.ts';
import { annuaireEducation } from './formats/annuaire-education/annuaire-education.ts';
import { datatourisme } from './formats/datatourisme/datatourisme.ts';
import { edm } from './formats/edm/edm.ts';
import { entreprise } from './formats/entreprise/entreprise.ts';
import { epv } from './formats/epv/epv.ts';
import { feed } from './formats/feed/feed.ts';
import { geojson } from './formats/geojson/geojson.ts';
import { icalendar } from './formats/icalendar/icalendar.ts';
import { iiif } from './formats/iiif/iiif.ts';
import { jocondeCsv } from './formats/joconde/csv.ts';
import { joconde } from './formats/joconde/joconde.ts';
import { jocondeText } from './formats/joconde/text.ts';
import { lido } from './formats/lido/lido.ts';
import { museofile } from './formats/museofile/museofile.ts';
import { oaiDc } from './formats/oai-dc.ts';
import { omekaS } from './formats/omeka-s/omeka-s.ts';
import { onisepFormat } from './formats/onisep/onisep.ts';
import { openAgenda as openAgendaFormat } from './formats/openagenda/openagenda.ts';
import { memoire } from './formats/pop/memoire.ts';
import { merimee } from './formats/pop/merimee.ts';
import { palissy } from './formats/pop/palissy.ts';
import { skos } from './formats/skos/skos.ts';
import { table } from './formats/table/table.ts';
import { srt, webvtt } from './formats/webvtt/webvtt.ts';
import { iiifCollection } from './iiif/connector.ts';
import { oaiPmh } from './oai-pmh/connector.ts';
import { omekaS as omekaSProtocol } from './omeka-s/connector.ts';
import { onisep } from './onisep/connector.ts';
import { openAgenda } from './openagenda/connector.ts';
import { opendatasoft } from './opendatasoft/connector.ts';
import { rechercheEntreprises } from './recherche-entreprises/connector.ts';
import { tabular } from './tabular/connector.ts';

/** A format's options are checked by its own schema before they are used: here they are unknown. */
export const FORMATS: Readonly<Record<string, Format>> = Object.fromEntries(
  [
    oaiDc,
    lido,
    jocondeText as Format,
    jocondeCsv,
    joconde,
    museofile,
    merimee,
    palissy,
    memoire,
    table as Format,
    icalendar as Format,
    feed as Format,
    webvtt as Format,
    srt as Format,
    edm,
    annuaireEducation,
    epv,
    iiif,
    omekaS,
    entreprise,
    onisepFormat,
    openAgendaFormat,
    datatourisme,
    geojson as Format,
    skos as Format,
  ].map((format) => [format.name, format]),
);

type Open = (format: Format, formatOptions: unknown) => Connector;

const CONNECTORS: Readonly<Record<string, Open>> = {
  'oai-pmh': () => oaiPmh as Connector,
  files: (format, formatOptions) => createFilesConnector(format, formatOptions) as Connector,
  opendatasoft: () => opendatasoft as Connector,
  tabular: () => tabular as Connector,
  'recherche-entreprises': () => rechercheEntreprises as Connector,
  onisep: () => onisep as Connector,
  iiif: () => iiifCollection as Connector,
  'omeka-s': () => omekaSProtocol as Connector,
  openagenda: () => openAgenda as Connector,
};

export const PROTOCOLS: readonly string[] = Object.keys(CONNECTORS);

/** The connector of a protocol for a format and its checked options. Throws SourceError where there is none. */
export function connectorFor(protocol: string, format: Format, formatOptions: unknown): Connector {
  const open = Object.hasOwn(CONNECTORS, protocol) ? CONNECTORS[protocol] : undefined;
  if (open) return open(format, formatOptions);
  throw new SourceError('config', finding('protocol-unknown', { protocol, known: PROTOCOLS.join(', ') }));
}
