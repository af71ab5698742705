/** The records that the benches harvest: oai_dc, with what six relations are stated by (a seventh, to the trade, is read out of the subject), the same at every run and on every machine. They describe nothing that exists. */
import { OAI_DC } from '#connectors/partners/webmuseo/oai-dc.ts';
import { seededRandom } from '#connectors/partners/webmuseo/random.ts';

/** Words that the packaged vocabularies know: their trades and places come out linked. */
export const TRADES = [
  'tisserand',
  'dentellière',
  'brasseur',
  'meunier',
  'mineur',
  'forgeron',
  'sabotier',
  'vannier',
  'tonnelier',
  'charron',
] as const;
export const COMMUNES = [
  'Roubaix (Nord)',
  'Calais (Pas-de-Calais)',
  'Amiens (Somme)',
  'Beauvais (Oise)',
  'Laon (Aisne)',
  'Fourmies (Nord)',
  'Béthune (Pas-de-Calais)',
  'Abbeville (Somme)',
] as const;

export const THINGS = [
  'navette',
  'peigne',
  'cuve',
  'lampe',
  'marteau',
  'gouge',
  'mesure',
  'panier',
  'fût',
  'roue',
] as const;
export const MATERIALS = ['bois', 'fer', 'cuivre', 'osier', 'lin', 'laine', 'cuir', 'grès', 'verre', 'étain'] as const;
const WAYS = ['tourné', 'forgé', 'tressé', 'tissé', 'moulé', 'gravé'] as const;
const AGENTS = 400;

/** The Dublin Core elements of record `rank`, in order. */
export function elementsOf(rank: number): readonly (readonly [string, string])[] {
  const random = seededRandom(`banc ${rank}`);
  const thing = random.pick(THINGS);
  const material = random.pick(MATERIALS);
  const trade = random.pick(TRADES);
  const year = random.int(1750, 1960);
  const number = String(rank).padStart(7, '0');
  return [
    ['title', `${thing} de ${trade} no ${number}`],
    ['creator', `Atelier de banc no ${random.int(1, AGENTS)}`],
    ['subject', trade],
    [
      'description',
      `Notice engendrée pour mesurer, qui ne décrit rien d’existant : ${thing} en ${material}, ${random.int(4, 180)} cm de haut. ` +
        `Usure au manche, réparation ancienne, trace de marquage au fer ; utilisée par un ${trade} puis déposée au grenier de l’atelier ${random.int(1, 99)}.`,
    ],
    ['date', String(year)],
    ['type', thing],
    ['format', `${material} ${random.pick(WAYS)}`],
    ['format', `H. ${random.int(4, 180)} cm ; L. ${random.int(4, 180)} cm`],
    ['identifier', `https://banc.example/notices/${number}`],
    ['identifier', `BANC.${number}`],
    ['language', 'fr'],
    ['relation', `https://banc.example/images/${number}.jpg`],
    ['coverage', random.pick(COMMUNES)],
    ['rights', 'CC0 1.0'],
  ];
}

/** Record `rank` as the XML of its `metadata`. */
export function metadataOf(rank: number): string {
  const elements = elementsOf(rank).map(([name, value]) => `<dc:${name}>${value}</dc:${name}>`);
  return (
    `<oai_dc:dc xmlns:oai_dc="${OAI_DC.namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${OAI_DC.namespace} ${OAI_DC.schema}">` +
    `${elements.join('')}</oai_dc:dc>`
  );
}

/** What an OAI-PMH provider of `count` such records holds; all is written beforehand, so that the provider costs little. */
export function repositoryOf(count: number, pageSize: number) {
  const records = Array.from({ length: count }, (_, rank) => {
    const metadata = metadataOf(rank);
    return {
      identifier: `oai:banc.example:${rank}`,
      datestamp: new Date(Date.UTC(2024, 0, 1) + rank * 1000).toISOString().replace('.000Z', 'Z'),
      sets: ['banc'],
      metadata: (prefix: string): string | undefined => (prefix === OAI_DC.prefix ? metadata : undefined),
    };
  });
  return {
    name: 'Banc de mesure',
    adminEmail: 'banc@example.org',
    earliestDatestamp: '2024-01-01T00:00:00Z',
    granularity: 'YYYY-MM-DDThh:mm:ssZ' as const,
    deletedRecord: 'no' as const,
    pageSize,
    formats: [OAI_DC],
    sets: [{ spec: 'banc', name: 'Banc' }],
    records: () => records,
  };
}
