/** The words of what can be found in the notices of the ministry's bases (POP: Mérimée, Palissy, Mémoire, Joconde, Muséofile). */
import type { Words } from './finding.ts';

export const POP_FINDINGS = {
  'pop-code-unknown': {
    severity: 'warning',
    fr: 'La notice {id} ({base}) a des champs qui ne sont pas connus et sont laissés de côté : {codes}.',
    en: 'The record {id} ({base}) has fields that are not known and are left out: {codes}.',
    remedyFr:
      'Vérifiez que le fichier est bien de cette base ; si le ministère a ajouté un champ, signalez-le à l’équipe de Trame.',
    remedyEn: 'Check that the file is of this base; if the ministry has added a field, tell Trame’s team.',
  },
  'pop-notice-withdrawn': {
    severity: 'warning',
    fr: 'La notice {id} est donnée à supprimer (SUPMIS) : elle n’est pas reprise.',
    en: 'The record {id} is given as to be deleted (SUPMIS): it is not taken over.',
    remedyFr: 'Rien à faire si le ministère l’a bien retirée ; sinon, demandez-lui un fichier corrigé.',
    remedyEn: 'Nothing to do if the ministry has indeed withdrawn it; else ask for a corrected file.',
  },
  'pop-pictures-without-address': {
    severity: 'info',
    fr: 'La notice {id} nomme {count} images par leur chemin dans les réserves du ministère, sans adresse : elles ne sont pas reprises.',
    en: 'The record {id} names {count} pictures by their path in the ministry’s store, without an address: they are not taken over.',
    remedyFr:
      'Rien à faire : la page de la notice les montre. Demandez au ministère les adresses et les droits pour les reprendre.',
    remedyEn:
      'Nothing to do: the record’s page shows them. Ask the ministry for addresses and rights to take them over.',
  },
  'pop-reference-missing': {
    severity: 'error',
    fr: '{file} : la notice n° {position} n’a pas de référence (REF).',
    en: '{file}: record no. {position} has no reference (REF).',
    remedyFr: 'Donnez-lui une référence chez le partenaire ; les autres notices sont lues.',
    remedyEn: 'Give it a reference at the partner’s; the other records are read.',
  },
  'pop-row-short': {
    severity: 'info',
    fr: '{file}, ligne {line} : la notice {id} n’a que {found} cellules sur {expected} ; celles de la fin sont tenues pour vides.',
    en: '{file}, line {line}: the record {id} has only {found} cells of {expected}; those at the end are held to be empty.',
    remedyFr: 'Rien à faire si la notice est juste ; si ses champs sont décalés, un séparateur manque dans la ligne.',
    remedyEn: 'Nothing to do if the record is right; if its fields are shifted, a separator is missing in the line.',
  },
  'pop-script-unread': {
    severity: 'error',
    fr: '{file}, ligne {line} : l’écriture de la notice n’est pas comprise (devant « {found} »).',
    en: '{file}, line {line}: the writing of the record is not understood (before “{found}”).',
    remedyFr:
      'Demandez la notice en JSON, ou corrigez le fichier à cet endroit : seules des valeurs y sont lues, jamais de programme.',
    remedyEn:
      'Ask for the record as JSON, or correct the file at that place: only values are read there, never a program.',
  },
  'pop-script-too-large': {
    severity: 'error',
    fr: '{file} dépasse {limit} Mo : un fichier « .js » est lu d’un seul tenant.',
    en: '{file} is over {limit} MB: a “.js” file is read in one piece.',
    remedyFr: 'Demandez les notices en JSON ou en CSV, qui se lisent quelle que soit leur taille.',
    remedyEn: 'Ask for the records as JSON or CSV, which are read whatever their size.',
  },
  'museofile-not-open': {
    severity: 'info',
    fr: 'Le musée {id} n’est pas ouvert au public d’après Muséofile : c’est dit dans ses horaires.',
    en: 'The museum {id} is not open to the public according to Muséofile: its opening hours say so.',
    remedyFr: 'Rien à faire ; si le musée est rouvert, demandez au ministère de le corriger.',
    remedyEn: 'Nothing to do; if the museum is open again, ask the ministry to correct it.',
  },
} as const satisfies Readonly<Record<string, Words>>;
