/** Archipop's repository: 60 films of 15 depositors, by OAI-PMH in oai_dc. None of them exists. */
import type { OaiRecord, OaiRepository } from '../oai-provider.ts';
import { escapeXml } from '../webmuseo/escape.ts';
import { OAI_DC } from '../webmuseo/oai-dc.ts';
import { COMMUNES } from './communes.ts';
import { MADE_UP } from './sheets.ts';

const FILMS = 60;
const DEPOSITORS = 15;
const STAMP = '2024-12-20T09:00:00Z';

function dc(base: string, rank: number): string {
  const commune = COMMUNES[(rank * 7) % COMMUNES.length];
  const elements: readonly (readonly [string, string])[] = [
    ['title', `Film de démonstration n° ${rank}`],
    ['description', MADE_UP],
    ['type', 'film'],
    ['date', String(1950 + (rank % 40))],
    ['coverage', commune?.name ?? ''],
    ['contributor', `Dépôt de démonstration n° ${(rank % DEPOSITORS) + 1}`],
    ['format', `${3 + (rank % 20)} min`],
    ['identifier', `${base}/archipop/films/${rank}`],
    ['language', 'fr'],
  ];
  const said = elements.map(([name, value]) => `<dc:${name}>${escapeXml(value)}</dc:${name}>`).join('');
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${said}</oai_dc:dc>`;
}

/** `base` is the stand-in's address. */
export function filmRepository(base: string): OaiRepository {
  const records: readonly OaiRecord[] = Array.from({ length: FILMS }, (_, index) => ({
    identifier: `oai:archipop.example:film-${index + 1}`,
    datestamp: STAMP,
    sets: ['films'],
    metadata: (prefix) => (prefix === OAI_DC.prefix ? dc(base, index + 1) : undefined),
  }));
  return {
    name: 'Archipop (démonstration)',
    adminEmail: 'films@example.org',
    earliestDatestamp: STAMP,
    granularity: 'YYYY-MM-DDThh:mm:ssZ',
    deletedRecord: 'transient',
    pageSize: 25,
    formats: [OAI_DC],
    sets: [{ spec: 'films', name: 'Films' }],
    records: () => records,
  };
}
