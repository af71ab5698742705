/** `/datatourisme/flux.zip`, one object a file as a flux of https://www.datatourisme.fr gives it, and `/datatourisme/catalogue.csv`, as data.gouv.fr has it. */
import { storedZip } from '../../files/stored-zip.ts';
import { type Answer, file, NOT_FOUND } from '../answer.ts';
import { kindAt, nameAt, OBJECT_COUNT, objectAt, placeAt, uuidAt } from './objects.ts';

const ROOT = '/datatourisme/';
const ranks = Array.from({ length: OBJECT_COUNT }, (_, rank) => rank);

/** `broken-object`: the last object of the flux is cut off. `cut-off`: the zip ends halfway. */
export interface Settings {
  readonly faults?: ReadonlySet<string>;
}

/** Answers what stands under these addresses; undefined for others. */
export function datatourismeStand(_base: () => string, { faults = new Set<string>() }: Settings = {}) {
  return (url: URL): Answer | undefined => {
    if (!url.pathname.startsWith(ROOT)) return undefined;
    const name = url.pathname.slice(ROOT.length);
    if (name === 'catalogue.csv') return file('text/csv; charset=utf-8', Buffer.from(catalogue()));
    if (name !== 'flux.zip') return NOT_FOUND;
    const zip = flux(faults.has('broken-object'));
    return file('application/zip', faults.has('cut-off') ? zip.subarray(0, zip.length / 2) : zip);
  };
}

function flux(isLastBroken: boolean): Buffer {
  const paths = ranks.map((rank) => {
    const uuid = uuidAt(rank);
    return `${uuid.slice(0, 1)}/${uuid.slice(0, 2)}/${uuid}.json`;
  });
  const index = ranks.map((rank) => ({ label: nameAt(rank), file: paths[rank] }));
  const objects = ranks.map((rank) => {
    const written = JSON.stringify(objectAt(rank), undefined, 2);
    const isBroken = isLastBroken && rank === OBJECT_COUNT - 1;
    return { name: `objects/${paths[rank]}`, content: Buffer.from(isBroken ? written.slice(0, -20) : written) };
  });
  return storedZip([{ name: 'index.json', content: Buffer.from(JSON.stringify(index)) }, ...objects]);
}

const COLUMNS =
  'Nom_du_POI,Categories_de_POI,Latitude,Longitude,Adresse_postale,Code_postal_et_commune,Periodes_regroupees,Covid19_mesures_specifiques,Createur_de_la_donnee,SIT_diffuseur,Date_de_mise_a_jour,Contacts_du_POI,Classements_du_POI,Description,URI_ID_du_POI';

function catalogue(): string {
  const lines = ranks.map((rank) => {
    const { name, latitude, longitude } = placeAt(rank);
    const classes = kindAt(rank)[1].map((one) => `https://www.datatourisme.fr/ontology/core#${one}`);
    const uri = `https://data.datatourisme.example/00/${uuidAt(rank)}`;
    const periods = classes.some((one) => one.endsWith('Event'))
      ? '2025-05-01<->2025-05-03|2025-06-01<->2025-06-01'
      : '';
    const position = [latitude, longitude, '', `#${name}`, periods, '', 'Démonstration', 'Démonstration', '2024-12-31'];
    const contacts = `#https://example.org/${rank}<>https://example.org/`;
    const cells = [nameAt(rank), classes.join('|'), ...position, contacts, '', 'Démonstration.', uri];
    return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  });
  return `${[COLUMNS, ...lines].join('\n')}\n`;
}
