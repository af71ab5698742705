import type { Words } from './finding.ts';

/** Files of Dublin Core: saved answers of OAI-PMH, and records without a header. */
export const DUBLIN_CORE_FINDINGS = {
  'dc-none': {
    severity: 'error',
    fr: '{file} ne contient aucune notice Dublin Core.',
    en: '{file} holds no Dublin Core record.',
    remedyFr: 'Corrigez « format », ou excluez ce fichier par « options.match ».',
    remedyEn: 'Correct “format”, or leave this file out by “options.match”.',
  },
  'dc-id-missing': {
    severity: 'error',
    fr: '{file}, notice {line} : ni en-tête OAI-PMH ni dc:identifier ne la nomment.',
    en: '{file}, record {line}: neither an OAI-PMH header nor a dc:identifier names it.',
    remedyFr: 'Enregistrez la réponse OAI-PMH entière, ou demandez au partenaire de remplir dc:identifier.',
    remedyEn: 'Save the whole OAI-PMH answer, or ask the partner to fill in dc:identifier.',
  },
  'dc-record-deleted': {
    severity: 'info',
    fr: 'Le partenaire dit que {id} est supprimée.',
    en: 'The partner says that {id} is deleted.',
    remedyFr: 'Rien à faire : elle n’est pas publiée, et cesse de l’être si elle l’était.',
    remedyEn: 'Nothing to do: it is not published, and stops being so if it was.',
  },
  'dc-too-large': {
    severity: 'error',
    fr: '{file} : la notice {id} dépasse une limite ({reason}) ; elle est écartée.',
    en: '{file}: the record {id} exceeds a limit ({reason}); it is set aside.',
    remedyFr: 'Demandez au partenaire une notice plus courte : des images y sont peut-être incluses.',
    remedyEn: 'Ask the partner for a shorter record: pictures may be embedded in it.',
  },
  'dc-xml-repaired': {
    severity: 'warning',
    fr: '{file} : {count} réparations ont été faites dans le XML ({kind}).',
    en: '{file}: {count} repairs were made in the XML ({kind}).',
    remedyFr: 'Signalez-le au partenaire : le codage déclaré, ou des caractères, y sont faux.',
    remedyEn: 'Tell the partner: the declared charset, or some characters, are wrong.',
  },
  'dc-xml-broken': {
    severity: 'error',
    fr: '{file} n’est pas un XML bien formé : {reason}.',
    en: '{file} is not well-formed XML: {reason}.',
    remedyFr:
      'Le fichier est sans doute incomplet : demandez-le à nouveau. Les notices lues avant l’erreur sont gardées.',
    remedyEn: 'The file is probably incomplete: ask for it again. The records read before the error are kept.',
  },
} as const satisfies Readonly<Record<string, Words>>;
