/** The words of what can be found in a position, in GeoJSON, and in the objects of DATAtourisme. */
import type { Words } from './finding.ts';

export const GEOGRAPHY_FINDINGS = {
  'coordinates-swapped': {
    severity: 'info',
    fr: 'La position « {value} » est écrite à l’envers : elle a été lue longitude d’abord.',
    en: 'The position “{value}” is the wrong way round: it was read longitude first.',
    remedyFr: 'Écrivez la latitude d’abord chez le partenaire.',
    remedyEn: 'Write the latitude first at the partner’s.',
  },
  'coordinates-projected': {
    severity: 'info',
    fr: 'La position « {value} » est en projection Lambert : elle a été lue {read}.',
    en: 'The position “{value}” is in a Lambert projection: it was read as {read}.',
    remedyFr: 'Rien à faire ; la latitude et la longitude en degrés seraient plus sûres.',
    remedyEn: 'Nothing to do; latitude and longitude in degrees would be surer.',
  },
  'geojson-row-foreign': {
    severity: 'error',
    fr: 'La ligne {id} n’est pas un élément GeoJSON (Feature).',
    en: 'The row {id} is no GeoJSON Feature.',
    remedyFr: 'Vérifiez que le fichier est bien du GeoJSON (RFC 7946).',
    remedyEn: 'Check that the file is GeoJSON (RFC 7946).',
  },
  'geojson-crs-unread': {
    severity: 'error',
    fr: '{file} : ses coordonnées sont dans un système qui n’est pas lu ({crs}).',
    en: '{file}: its coordinates are in a system that is not read ({crs}).',
    remedyFr: 'Demandez au partenaire du GeoJSON en degrés (WGS 84, RFC 7946) ou en Lambert 93.',
    remedyEn: 'Ask the partner for GeoJSON in degrees (WGS 84, RFC 7946) or in Lambert 93.',
  },
  'geojson-id-made': {
    severity: 'info',
    fr: '{file} : {count} éléments n’ont pas d’identifiant ; leur nom et leur position en tiennent lieu.',
    en: '{file}: {count} features have no identifier; their name and position stand for it.',
    remedyFr:
      'Demandez au partenaire un identifiant stable : sans lui, un élément déplacé ou renommé passe pour un nouveau.',
    remedyEn: 'Ask the partner for a stable identifier: without it a feature moved or renamed is taken for a new one.',
  },
  'geojson-point-unread': {
    severity: 'warning',
    fr: 'La position de l’élément {id} ne se lit pas ({value}) : il est repris sans elle.',
    en: 'The position of the feature {id} cannot be read ({value}): it is taken over without it.',
    remedyFr: 'Attendu : des degrés (WGS 84), la longitude d’abord, ou du Lambert 93. Faites-la corriger.',
    remedyEn: 'Expected: degrees (WGS 84), longitude first, or Lambert 93. Have it corrected.',
  },
  'datatourisme-row-foreign': {
    severity: 'error',
    fr: '{id} n’est pas un objet de DATAtourisme : ni classe, ni nom.',
    en: '{id} is no object of DATAtourisme: neither class nor name.',
    remedyFr: 'Vérifiez que le fichier vient bien d’un flux ou du catalogue de DATAtourisme.',
    remedyEn: 'Check that the file comes from a flux or the catalogue of DATAtourisme.',
  },
  'datatourisme-class-unknown': {
    severity: 'info',
    fr: '{id} : aucune de ses classes n’est connue ({classes}) ; repris comme {kind}.',
    en: '{id}: none of its classes is known ({classes}); taken over as {kind}.',
    remedyFr: 'Rien à faire si c’est juste ; sinon, signalez ces classes à l’équipe de Trame.',
    remedyEn: 'Nothing to do if that is right; else tell Trame’s team of these classes.',
  },
  'datatourisme-file-aside': {
    severity: 'info',
    fr: '{file} n’est pas un objet du flux mais une table qui l’accompagne : il est passé.',
    en: '{file} is no object of the flux but a table that comes with it: it is passed over.',
    remedyFr: 'Rien à faire.',
    remedyEn: 'Nothing to do.',
  },
  'datatourisme-period-amiss': {
    severity: 'warning',
    fr: '{id} : la période « {value} » finit avant de commencer, ou ne se lit pas ; elle est laissée de côté.',
    en: '{id}: the period “{value}” ends before it begins, or cannot be read; it is left out.',
    remedyFr: 'Faites corriger les dates chez le producteur de la donnée ; les autres périodes sont reprises.',
    remedyEn: 'Have the dates corrected at the data’s producer; the other periods are taken over.',
  },
  'datatourisme-path-unknown': {
    severity: 'warning',
    fr: '{id} a des champs qui ne sont pas connus et sont laissés de côté : {paths}.',
    en: '{id} has fields that are not known and are left out: {paths}.',
    remedyFr:
      'Si toutes les notices le disent, DATAtourisme a changé son ontologie : signalez ces champs à l’équipe de Trame.',
    remedyEn: 'If all records say so, DATAtourisme has changed its ontology: report these fields to Trame’s team.',
  },
  'datatourisme-cut': {
    severity: 'warning',
    fr: '{id} : trop de lignes sous « {what} » ; {kept} sont reprises, {left} laissées de côté.',
    en: '{id}: too many lines under “{what}”; {kept} are taken over, {left} are left out.',
    remedyFr: 'Faites vérifier chez le producteur de la donnée si autant de périodes ou de tarifs sont voulus.',
    remedyEn: 'Have the data’s producer check whether so many periods or prices are meant.',
  },
} as const satisfies Readonly<Record<string, Words>>;
