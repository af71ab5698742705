import { describe, expect, test } from 'vitest';
import { fileOf } from '../formats/reading/testing.ts';
import { tableMap } from '../formats/table/map.ts';
import { headingOf } from './headings.ts';
import { propose, type Told } from './propose.ts';
import { sampleOf } from './sample.ts';

async function proposed(text: string, told?: Told) {
  const sample = await sampleOf(fileOf(text, 'feuille.csv', undefined, 4096));
  if ('refused' in sample) throw new Error(sample.refused.code);
  const proposal = propose(sample.columns, sample.rows, told, sample.title ?? '');
  const checked = tableMap.safeParse(proposal.map);
  expect(checked.success ? [] : checked.error.issues).toEqual([]);
  return proposal;
}

test.each([
  ['Nom du musée', 'name'],
  ['NOM DE LA STRUCTURE', 'name'],
  ['Raison sociale', 'name'],
  ['Intitulé de la manifestation', 'name'],
  ["Titre de l'exposition", 'name'],
  ['Libellé', 'name'],
  ['Adresse postale', 'address'],
  ['Adresse', 'address'],
  ['CP', 'postcode'],
  ['Code Postal', 'postcode'],
  ['code_postal', 'postcode'],
  ['Ville', 'place'],
  ['Commune', 'place'],
  ['Code INSEE', 'place:insee'],
  ['Tél', 'private'],
  ['Tél.', 'private'],
  ['Téléphone fixe', 'private'],
  ['N° de portable', 'private'],
  ['E-mail', 'private'],
  ['Courriel de contact', 'private'],
  ['Adresse mail', 'private'],
  ['Personne référente', 'private'],
  ['Nom du contact', 'private'],
  ['Prénom', 'private'],
  ['Site web', 'page'],
  ['Site Internet', 'page'],
  ['Lien', 'page'],
  ["Horaires d'ouverture", 'openingHours'],
  ['Horaires d’ouverture', 'openingHours'],
  ['Jours et heures d’ouverture', 'openingHours'],
  ['Tarifs', 'price'],
  ['Tarif plein', 'price'],
  ['Prix d’entrée', 'price'],
  ['Date début', 'begin'],
  ['Date de début', 'begin'],
  ['Début', 'begin'],
  ['Du', 'begin'],
  ['Date fin', 'end'],
  ['Au', 'end'],
  ['Date', 'dates'],
  ['Date(s)', 'dates'],
  ['Dates et horaires', 'dates'],
  ['Heure de début', 'beginHour'],
  ['Heure fin', 'endHour'],
  ['Horaires', 'hours'],
  ['Lieu', 'location'],
  ['Lieu de la manifestation', 'location'],
  ['Organisateur', 'organisers'],
  ['SIRET', 'siret'],
  ['N° SIRET', 'siret'],
  ['SIRET de l’organisateur', 'organisers:siret'],
  ['Code UAI', 'uai'],
  ['Latitude', 'latitude'],
  ['Coordonnées GPS', 'point'],
  ['Description', 'description'],
  ['Présentation du musée', 'description'],
  ['N° d’inventaire', 'inventoryNumber'],
  ['Matériaux', 'techniques'],
  ['Niveau scolaire', 'levels'],
  ['Durée de la visite', 'duration'],
  ['Année de création', 'founded'],
  ['Thématiques', 'themes'],
  ['Photo', 'media'],
  ['Crédit photo', 'credit'],
  ['Accessibilité PMR', 'accessibility'],
  ['Lien d’inscription', 'registration'],
  ['Publiable', 'visible'],
  ['N°', 'id'],
  ['Métiers', 'trades'],
  ['Nom du conservateur', 'private'],
  ['Présidente', 'private'],
  ['Président·e', 'private'],
  ['Bénévoles', 'private'],
  ['Directeur/trice', 'private'],
  ['Gérant(e)', 'private'],
  ['Trésorière', 'private'],
  ['Secrétaire', 'private'],
  ['Propriétaire', 'private'],
  ['Intervenant·e', 'private'],
  ['Commissaire d’exposition', 'private'],
  ['Animatrice', 'private'],
  ['Personne à joindre', 'private'],
  ['Responsables', 'private'],
  ['État', 'status'],
  ['Statut de la manifestation', 'status'],
  ['Week-end', undefined],
  ['End date', 'end'],
])('the heading “%s” is %s', (heading, target) => expect(headingOf(heading)?.target).toBe(target));

describe('a sheet of museums', () => {
  const sheet = [
    'Musées du réseau (exemple)',
    '',
    'Nom du musée;Adresse postale;CP;Ville;Tél;Mail;Site web;Horaires d’ouverture;Tarifs;Divers',
    'Moulin (exemple);1 Grand-Place;2100;Saint-Quentin;01 00 00 00 00;a@moulin.example;https://moulin.example;tous les jours;3 €;',
    'Ferme (exemple);2 Grand-Place;59000;Lille;01 00 00 00 00;b@ferme.example;https://ferme.example;sur rendez-vous;gratuit;',
  ].join('\n');

  test('kind, fields, relations; persons’ columns are left out and not even shown', async () => {
    const { kind, map, columns } = await proposed(sheet);
    expect(kind).toBe('Structure');
    expect(map).toEqual({
      kind: 'Structure',
      id: 'Nom du musée',
      fields: {
        name: 'Nom du musée',
        address: 'Adresse postale',
        postcode: 'CP',
        page: 'Site web',
        openingHours: 'Horaires d’ouverture',
        price: 'Tarifs',
      },
      relations: { place: 'Ville' },
      private: ['Tél', 'Mail'],
    });
    expect(columns.filter(({ target }) => target === 'private')).toMatchObject([
      { column: 'Tél', used: false, examples: [] },
      { column: 'Mail', used: false, examples: [] },
    ]);
  });

  test('the volunteer’s word goes first', async () => {
    const set = new Map([
      ['Tarifs', '-'],
      ['Horaires d’ouverture', 'description'],
    ]);
    const { map } = await proposed(sheet, { set });
    expect(map).toMatchObject({ fields: { description: 'Horaires d’ouverture' } });
    expect(map).not.toHaveProperty('fields.price');
  });
});

describe('an agenda', () => {
  test('begin and end become the dates; the place in words; the organiser needs an identifier', async () => {
    const { kind, map, columns } = await proposed(
      'Manifestation;Date début;Date fin;Lieu;Commune;Organisateur;Prix\nFête (exemple);12/05/2024;13/05/2024;Salle;Lille;Moulin (exemple);gratuit\n',
    );
    expect(kind).toBe('Event');
    expect(map).toEqual({
      kind: 'Event',
      id: 'Manifestation',
      fields: {
        occurrences: { columns: ['Date début', 'Date fin'], join: ' au ' },
        location: { columns: ['Lieu', 'Commune'], join: ', ' },
        name: 'Manifestation',
        price: 'Prix',
      },
      relations: { place: 'Commune' },
    });
    expect(columns.find(({ column }) => column === 'Organisateur')).toMatchObject({ used: false });
  });

  test('the year of the title is that of dates without one; the same name on two dates', async () => {
    const { map, year, id } = await proposed(
      'Programme 2024;;\nTitre;Date;Horaires\nBal (exemple);samedi 11 mai;14h-18h\nBal (exemple);dimanche 12 mai;14h-18h\n',
    );
    expect(year).toBe(2024);
    expect(id).toEqual(['Titre', 'Date']);
    expect(map).toMatchObject({
      kind: 'Event',
      fields: { occurrences: { columns: ['Date', 'Horaires'], join: ' ', year: 2024 } },
    });
  });
});

test.each([
  ["Titre de l'exposition;Itinérante;Début;Fin\nFils (exemple);oui;12/05/2024;13/06/2024\n", 'Exhibition'],
  ['N° d’inventaire;Dénomination;Matériaux;Datation\n1.1;navette;bois;19e siècle\n', 'HeritageObject'],
  ['Titre de la ressource;Type de ressource;Éditeur\nFiche (exemple);fiche;Moulin\n', 'Resource'],
  ['Visite;Niveaux;Durée;Valable du\nVisite (exemple);CM1;1h;01/01/2024\n', 'Offer'],
  ['Entreprise;SIRET;Adresse\nForge (exemple);00000000000018;1 Grand-Place\n', 'Structure'],
])('%s is of kind %s', async (sheet, kind) => expect((await proposed(sheet)).kind).toBe(kind));

test('a column of words for a listed value gets its list', async () => {
  const { map } = await proposed(
    'Structure;Type\nMoulin (exemple);Musée\nForge (exemple);Entreprise\nAutre (exemple);Divers\n',
  );
  expect(map).toMatchObject({
    fields: { structureType: { column: 'Type', values: { Musée: 'museum', Entreprise: 'firm' }, otherwise: 'other' } },
  });
});

test('dates are no telephone numbers, numbers no dates; a code whose values are none is left out', async () => {
  const { columns } = await proposed(
    'Titre;Jour;Rang;SIRET;Permanence\nBal (exemple);01/09/2024;12;inconnu;01 00 00 00 00\nFoire (exemple);02/09/2024;13;néant;+33 1 00 00 00 00\n',
  );
  expect(columns.map(({ column, target }) => [column, target])).toEqual([
    ['Titre', 'name'],
    ['Jour', 'dates'],
    ['Rang', '-'],
    ['SIRET', '-'],
    ['Permanence', 'private'],
  ]);
});

test('the name is never a column that rows leave empty', async () => {
  const { map } = await proposed('Spécialité;Métier\n;tisserand\nfin;fileur\n;forgeron\n');
  expect(map).toMatchObject({ fields: { name: 'Métier' } });
});

test('a header of two lines', async () => {
  const { map, columns } = await proposed(
    'Annuaire (exemple);;;;\nMusée;Contact;;Adresse;\n;Nom;Téléphone;Rue;Ville\nMoulin (exemple);Personne;01 00 00 00 00;1 Grand-Place;Lille\nFerme (exemple);Personne;01 00 00 00 00;2 Grand-Place;Arras\n',
  );
  expect(columns.map(({ column, target }) => [column, target])).toEqual([
    ['Musée', 'name'],
    ['Contact Nom', 'private'],
    ['Contact Téléphone', 'private'],
    ['Adresse Rue', 'address'],
    ['Adresse Ville', 'place'],
  ]);
  expect(map).toMatchObject({ kind: 'Structure', id: 'Musée', relations: { place: 'Adresse Ville' } });
});

test('the first record is no header, where one heading is blank', async () => {
  const { columns, id } = await proposed(
    'Nom;Adresse;Code postal;;Téléphone\nMusée A (exemple);1 rue de l’Exemple;59000;Lille;01 00 00 00 00\nMusée B (exemple);2 rue de l’Exemple;59000;Lille;01 00 00 00 00\n',
  );
  expect(columns.map(({ column }) => column)).toEqual(['Nom', 'Adresse', 'Code postal', 'Téléphone', 'colonne 4']);
  expect(id).toEqual(['Nom']);
});

test('groups above the header: the name below « Contact » is a person’s, wherever it stands', async () => {
  const { columns, map } = await proposed(
    'Contact;;;Structure;\nNom;Tél;Mail;Nom;Commune\nPersonne;01 00 00 00 00;a@b.example;Moulin (exemple);Lille\n',
  );
  expect(columns.find(({ column }) => column === 'Contact Nom')?.target).toBe('private');
  expect(map).toMatchObject({ fields: { name: 'Structure Nom' }, relations: { place: 'Structure Commune' } });
});

test('a person’s column never becomes the name', async () => {
  const { map, columns } = await proposed('Nom du conservateur;Musée;Ville\nPersonne;Moulin (exemple);Lille\n');
  expect(map).toMatchObject({ id: 'Musée', fields: { name: 'Musée' } });
  expect(columns[0]).toMatchObject({ target: 'private', examples: [] });
});

test('examples hold no way to reach somebody', async () => {
  const { columns } = await proposed('Titre;Conditions\nBal (exemple);appeler Mme Exemple au 01 00 00 00 00\n');
  expect(columns[1]?.examples.join()).not.toMatch(/Exemple|00/);
});

test('a map never holds more columns than the format takes', async () => {
  const many = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} ${at + 1}`);
  const headings = ['Titre', ...many('Description', 30), ...many('Métier', 12)];
  const { columns } = await proposed(`${headings.join(';')}\n${headings.map(() => 'mot').join(';')}\n`);
  expect(columns.filter(({ used, why }) => !used && why.includes('au plus'))).toHaveLength(12);
});

test('the state of an event, with the words that may come', async () => {
  const { map } = await proposed(
    'Manifestation;Date;État\nBal (exemple);12/05/2024;ANNULÉ\nFoire (exemple);13/05/2024;\n',
  );
  expect(map).toMatchObject({
    fields: { status: { column: 'État', values: { ANNULÉ: 'cancelled', complet: 'full' } } },
  });
});

test('an exhibition: when, and where in words', async () => {
  const { map } = await proposed(
    "Titre de l'exposition;Début;Fin;Lieu;Commune\nFils (exemple);12/05/2024;13/06/2024;Salle;Lille\n",
  );
  expect(map).toMatchObject({
    kind: 'Exhibition',
    fields: { period: { columns: ['Début', 'Fin'], join: ' au ' }, description: { columns: ['Lieu', 'Commune'] } },
  });
});

test('all words that mean yes are proposed', async () => {
  const { visible } = await proposed('Nom;En ligne ?\nA;oui\nB;x\nC;non\nD;Oui\nE;\n');
  expect(visible).toEqual({ column: 'En ligne ?', shows: ['oui', 'x'] });
});
