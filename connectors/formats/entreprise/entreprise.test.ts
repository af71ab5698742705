import { describe, expect, test } from 'vitest';
import type { Fields } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import { firmAt, type Special } from '../../partners/recherche-entreprises/firms.ts';
import { resultOf } from '../../partners/recherche-entreprises/result.ts';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { entreprise } from './entreprise.ts';

const source = { name: 'essai', title: 'Essai', licence: 'démonstration' };
const whole = (rank: number, changed = false) => resultOf(firmAt(rank), { parts: undefined, changed });
const ranked = (special: Special) =>
  Array.from({ length: 20 }, (_, rank) => rank).find((rank) => firmAt(rank).special === special) ?? -1;
const page = (ranks: readonly number[]) => ({
  results: ranks.map((rank) => whole(rank)),
  total_results: ranks.length,
  page: 1,
  per_page: 25,
  total_pages: 1,
});

/** A firm whose every value of interest is given. */
const FIRM = {
  ...whole(0),
  nom_complet: 'TISSAGE D’EXEMPLE (TEX)',
  nom_raison_sociale: 'TISSAGE D’EXEMPLE',
  sigle: 'TEX',
  date_creation: '1990-05-02',
  siege: {
    ...(whole(0)['siege'] as object),
    complement_adresse: 'BATIMENT B',
    numero_voie: '1',
    indice_repetition: 'B',
    type_voie: 'RUE',
    libelle_voie: 'DE L’EXEMPLE',
    adresse: 'BATIMENT B 1 B RUE DE L’EXEMPLE 00000 EXEMPLEVILLE',
    nom_commercial: 'Toiles d’exemple',
  },
} as unknown as Json;

const mapped = (row: Json, id = firmAt(0).siren) => entreprise.map(row, { id, source, options: undefined });

/** The firm with some members of its own, of its seat or of its complements changed. */
function firm(changes: object, seat: object = {}, complements: object = {}): Json {
  const given = FIRM as { siege: object; complements: object };
  return {
    ...given,
    ...changes,
    siege: { ...given.siege, ...seat },
    complements: { ...given.complements, ...complements },
  } as Json;
}

describe('one firm', () => {
  test('all that is kept of it', async () => {
    const { seat, siren, siret, activity } = firmAt(0);
    const { records, notes } = await recordsOf(entreprise, fileOf(JSON.stringify(FIRM), 'firme.json'));
    expect(notes).toEqual([]);
    expect([...records.values()]).toEqual([
      {
        kind: 'Structure',
        visibility: 'public',
        identifiers: [{ scheme: 'siret', value: siret }],
        fields: {
          name: 'TISSAGE D’EXEMPLE',
          structureType: 'firm',
          alternativeNames: ['TEX', 'Toiles d’exemple', 'À L’EXEMPLE'],
          description: 'Effectif : 10 à 19 salariés (2023)',
          page: `https://annuaire-entreprises.data.gouv.fr/entreprise/${siren}`,
          address: 'BATIMENT B 1 B RUE DE L’EXEMPLE',
          postcode: seat.postcode,
          point: { latitude: Number(seat.latitude), longitude: Number(seat.longitude), precision: 'site' },
          founded: expect.objectContaining({ text: '1990-05-02', from: 1990 }),
        },
        relations: {
          place: [{ identifier: { scheme: 'insee', value: seat.insee } }],
          activities: [{ identifier: { scheme: 'naf', value: activity } }],
        },
      },
    ]);
  });

  test('of a row that is no firm, nobody is kept either', async () => {
    const page = { results: [FIRM, { dirigeants: [{ nom: 'PERSONNE' }] }] };
    const { cuts } = await cutAll(entreprise, fileOf(JSON.stringify(page)));
    expect(cuts.map(({ kind }) => kind)).toEqual(['record', 'rejected']);
    for (const cut of cuts) if ('raw' in cut) expect(new TextDecoder().decode(cut.raw)).not.toContain('PERSONNE');
  });

  test('who leads it, and its accounts, are not stored', async () => {
    const { cuts } = await cutAll(entreprise, fileOf(JSON.stringify(FIRM)));
    const [cut] = cuts;
    const raw = cut?.kind === 'record' ? cut.raw : new Uint8Array();
    expect(new TextDecoder().decode(raw)).not.toMatch(/dirigeants|finances|PERSONNE/);
    expect(entreprise.row?.(raw, undefined)).toEqual(cut?.kind === 'record' ? cut.row : undefined);
    expect(JSON.stringify(mapped(FIRM))).not.toContain('PERSONNE');
  });
});

describe('what is not published', () => {
  test.each([
    ['the firm objects', firm({ statut_diffusion: 'P' }), 'firm-not-diffusible'],
    ['its seat does', firm({}, { statut_diffusion_etablissement: 'P' }), 'firm-not-diffusible'],
    ['nothing says that it may be', firm({ statut_diffusion: null }), 'firm-not-diffusible'],
    ['its name is hidden', firm({ nom_complet: '[ND]' }), 'firm-not-diffusible'],
    ['its name alone is', firm({ nom_complet: null, nom_raison_sociale: '[ND]' }), 'firm-not-diffusible'],
    ['its seat says so in another type', firm({}, { statut_diffusion_etablissement: ['P'] }), 'firm-not-diffusible'],
    [
      'nobody says what it is',
      firm({ nature_juridique: null }, {}, { est_entrepreneur_individuel: null }),
      'firm-is-person',
    ],
    [
      'nobody plainly says so',
      firm({ nature_juridique: null }, {}, { est_entrepreneur_individuel: 'non' }),
      'firm-is-person',
    ],
    ['a sole trader', firm({}, {}, { est_entrepreneur_individuel: true }), 'firm-is-person'],
    ['a sole trader by its legal category', firm({ nature_juridique: '1000' }), 'firm-is-person'],
  ])('%s: %s', (_, row, code) => {
    expect(mapped(row)).toMatchObject({ rejected: { code }, hides: true });
  });

  test('a row without a name, or of something else', () => {
    expect(mapped(firm({ nom_raison_sociale: null, nom_complet: '' }))).toMatchObject({
      rejected: { code: 'format-no-name' },
    });
    for (const row of [{ nom: 'x' }, [], null, 'x', 1])
      expect(mapped(row)).toMatchObject({ rejected: { code: 'firms-row-foreign' } });
  });
});

describe('kinds of firms', () => {
  const fieldsOf = (row: Json) => {
    const mapping = mapped(row);
    if (!('record' in mapping)) throw new Error('rejected');
    return { ...mapping.record, fields: mapping.record.fields as Fields<'Structure'>, notes: mapping.notes ?? [] };
  };

  test('one that has ceased', () => {
    expect(fieldsOf(firm({ etat_administratif: 'C', date_fermeture: '2020-12-31' })).fields).toMatchObject({
      closed: true,
      closedOn: '2020-12-31',
    });
    expect(fieldsOf(firm({ date_fermeture: '2020-12-31' })).fields).not.toHaveProperty('closed');
  });

  test('living heritage and other labels', () => {
    expect(fieldsOf(firm({}, {}, { est_patrimoine_vivant: true, est_rge: true })).fields).toMatchObject({
      labels: ['Entreprise du patrimoine vivant', 'Reconnu garant de l’environnement (RGE)'],
    });
  });

  test('an association, a public body, a school', () => {
    const association = fieldsOf(firm({}, {}, { est_association: true, identifiant_association: 'W000000000' }));
    expect(association.fields.structureType).toBe('association');
    expect(association.identifiers).toContainEqual({ scheme: 'rna', value: 'W000000000' });
    expect(fieldsOf(firm({}, {}, { collectivite_territoriale: { code: 'x', elus: [] } })).fields.structureType).toBe(
      'public-body',
    );
    const school = fieldsOf(firm({}, { liste_uai: ['0000001B'] }));
    expect(school.fields.structureType).toBe('school');
    expect(school.identifiers).toContainEqual({ scheme: 'uai', value: '0000001B' });
    const several = fieldsOf(firm({}, { liste_uai: ['0000001B', '0000002C'] }));
    expect(several.identifiers.map(({ scheme }) => scheme)).toEqual(['siret']);
    expect(codes(several.notes)).toEqual(['firm-several-schools']);
  });

  test('1900-01-01 is what Sirene writes where it does not know', () => {
    expect(fieldsOf(firm({ date_creation: '1900-01-01' })).fields).not.toHaveProperty('founded');
  });

  test('a seat abroad, a seat without a code', () => {
    const abroad = { commune: null, libelle_commune_etranger: 'TOURNAI', libelle_pays_etranger: 'BELGIQUE' };
    expect(fieldsOf(firm({}, abroad)).relations).toMatchObject({ place: [{ text: 'TOURNAI (BELGIQUE)' }] });
    const named = { commune: null, libelle_commune: 'FOURMIES', code_postal: '59610' };
    expect(fieldsOf(firm({}, named)).relations).toMatchObject({ place: [{ text: '59610 FOURMIES' }] });
    expect(fieldsOf(firm({ siege: null } as object)).fields.name).toBe('TISSAGE D’EXEMPLE');
  });

  test('an address in one text, with and without a street', () => {
    const { postcode, name } = firmAt(0).seat;
    const town = `${postcode} ${name.toUpperCase()}`;
    const bare = { libelle_voie: null, adresse: `LIEU-DIT L’EXEMPLE ${town}` };
    expect(fieldsOf(firm({}, bare)).fields.address).toBe('LIEU-DIT L’EXEMPLE');
    expect(fieldsOf(firm({}, { ...bare, adresse: town })).fields.address).toBeUndefined();
  });

  test('what is wrong is left out and told; the rest stays', () => {
    const seat = { siret: `${firmAt(0).siret.slice(0, -1)}x`, latitude: '950', liste_enseignes: 'UNE', commune: 59 };
    const { notes, identifiers, fields } = fieldsOf(
      firm({ activite_principale: '52.4A', date_fermeture: 'hier', etat_administratif: 'C' }, seat),
    );
    expect(codes(notes).toSorted()).toEqual([
      'format-value-unread',
      'format-value-unread',
      'format-value-unread',
      'format-value-unread',
      'siret-form-wrong',
    ]);
    expect(identifiers).toEqual([]);
    expect(fields.name).toBe('TISSAGE D’EXEMPLE');
  });

  test('types that changed overnight: numbers are read, what cannot be is told, nothing throws', () => {
    const row = whole(0, true) as unknown as Json;
    const { fields, notes } = fieldsOf(row);
    expect(fields).toHaveProperty('point.latitude', Number(firmAt(0).seat.latitude));
    expect(notes.map(({ particulars }) => particulars['where'])).toEqual(['siege.liste_enseignes']);
    expect(codes(fieldsOf({ ...(FIRM as object), siege: 'x', complements: [] } as Json).notes)).toEqual([
      'format-value-unread',
      'format-value-unread',
    ]);
  });
});

describe('files', () => {
  const ranks = [0, 1, 3];
  const rows = ranks.map((rank) => whole(rank));
  test.each([
    ['a page of the API', JSON.stringify(page(ranks))],
    ['an array', JSON.stringify(rows, undefined, 2)],
    ['one a line', `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`],
  ])('%s', async (_, content) => {
    const { records, rejected } = await recordsOf(entreprise, fileOf(content, 'firmes.json'));
    expect([...records.keys()]).toEqual(ranks.map((rank) => firmAt(rank).siren));
    expect(rejected).toEqual([]);
  });

  test('the stand-in’s own oddities, each for what it is', async () => {
    const all = Array.from({ length: 20 }, (_, rank) => rank);
    const { records, rejected, notes } = await recordsOf(
      entreprise,
      fileOf(JSON.stringify(page(all)), 'p.json', undefined, 4096),
    );
    expect(codes(rejected).toSorted()).toEqual(['firm-is-person', 'firm-not-diffusible', 'firm-not-diffusible']);
    expect(codes(notes)).toEqual(['siret-check-wrong']);
    expect(records.size).toBe(17);
    expect(records.get(firmAt(ranked('wrong-siret')).siren)?.identifiers).toEqual([]);
    expect(records.get(firmAt(ranked('heritage')).siren)?.fields['labels']).toEqual([
      'Entreprise du patrimoine vivant',
    ]);
  });

  test('{erreur} is not an empty file', async () => {
    const { cuts } = await cutAll(entreprise, fileOf('{"erreur":"Panne de démonstration."}', 'p.json'));
    expect(cuts).toHaveLength(1);
    expect(cuts[0]?.kind).toBe('rejected');
  });
});
