/** The demonstration's museums with the columns that Muséofile has on data.gouv.fr: none exists, and their codes have a letter where real ones have a digit. */
import type { Row } from '../opendatasoft/query.ts';
import { noticesOf } from '../pop/notices.ts';

export function museums(): readonly Row[] {
  return noticesOf('museofile').map((notice) => {
    const point = notice['POP_COORDONNEES'];
    const isPoint = typeof point === 'object' && 'lat' in point;
    return {
      Identifiant: notice['REF'],
      Nom_officiel: notice['NOMOFF'],
      Adresse: null,
      Code_postal: null,
      Ville: notice['VILLE_M'],
      Departement: null,
      Région: 'Hauts-de-France',
      URL: null,
      Domaine_thematique: joined(notice['DOMPAL']),
      Themes: joined(notice['THEMES']),
      Annee_creation: null,
      Categorie: null,
      Coordonnees: isPoint ? `${point.lat},${point.lon}` : null,
    };
  });
}

function joined(values: unknown): string | null {
  return Array.isArray(values) ? values.join(';') : null;
}
