/** The field list of Muséofile (ministère de la Culture), in its three spellings, and what becomes of each code. */
import { type Base, codesIn, WHY } from '../pop/base.ts';

/**
 * `identifiant`, `nom_officiel`… since 2023; `identifiant_museofile`, `nom_officiel_du_musee`… before; the codes (REF, NOMOFF, ADRL1_M…) in POP and in
 * the first exports. Capitals, accents and blanks do not matter.
 */
const COLUMNS = {
  identifiant: 'REF',
  identifiant_museofile: 'REF',
  ref_musee: 'REF',
  nom_officiel: 'NOMOFF',
  nom_officiel_du_musee: 'NOMOFF',
  nom_usage: 'NOMUSAGE',
  nom_d_usage: 'NOMUSAGE',
  autre_nom: 'AUTNOM',
  autres_noms: 'AUTNOM',
  adresse: 'ADRL1_M',
  adrl1: 'ADRL1_M',
  lieu: 'LIEU_M',
  code_postal: 'CP_M',
  cp: 'CP_M',
  ville: 'VILLE_M',
  commune: 'VILLE_M',
  departement: 'DPT',
  region: 'REGION',
  region_administrative: 'REGION',
  telephone: 'TEL_M',
  telephone1: 'TEL_M',
  fax: 'TEL_M',
  url: 'URL_M',
  site_web: 'URL_M',
  sitweb: 'URL_M',
  domaine_thematique: 'DOMPAL',
  themes: 'THEMES',
  annee_creation: 'AN_CREAT',
  annee_de_creation: 'AN_CREAT',
  categorie: 'CATEG',
  histoire: 'HIST',
  historique: 'HIST',
  atout: 'ATOUT',
  artiste: 'ARTISTE',
  personnage_phare: 'PHARE',
  interet: 'INTERET',
  protection_batiment: 'PROT-BAT',
  protection_espace: 'PROT-ESP',
  prot_bat: 'PROT-BAT',
  prot_esp: 'PROT-ESP',
  coordonnees: 'POP_COORDONNEES',
  geolocalisation: 'POP_COORDONNEES',
  coordonnees_finales: 'POP_COORDONNEES',
  geo_point_2d: 'POP_COORDONNEES',
  date_arrete_attribution_appellation: 'APPELLATION',
  date_appellation: 'APPELLATION',
  date_de_mise_a_jour: 'DMAJ',
  url_image: 'PHOTO',
  ref_deps: 'REF_DEPS',
} as const;

export const MUSEO: Base = {
  name: 'museofile',
  reference: 'Identifiant',
  mapped: codesIn(
    `REF NOMOFF NOMUSAGE AUTNOM SIGLE_M ADRL1_M ADRESSE LIEU_M CP_M VILLE_M DPT REGION URL_M URL_M2 DOMPAL THEMES AN_CREAT CATEG POP_COORDONNEES LATITUDE
     LONGITUDE HIST ATOUT LABEL APPELLATION PROT-BAT PROT-ESP ACCES ANNEE_FE DMAJ`,
  ),
  lines: [
    ['ARTISTE', 'Artistes'],
    ['PHARE', 'Personnages'],
    ['INTERET', 'Intérêt architectural'],
    ['ACTIV', 'Activités culturelles'],
    ['SERVICES', 'Services'],
    ['PUBLI', 'Publications'],
  ],
  leftOut: [
    {
      why: WHY.bookkeeping,
      codes: codesIn(
        `PRODUCTEUR BASE CONTIENT_IMAGE TOUT HISTORIQUE DT_MODIF DT_CREAT DT_SAISI DMIS ANNEXE ANTARIF CEDEX_AD CTRLTECH GESTION ITI2_M ITI_M JOCONDE LEGS
         MONOPLUR OBS_TOUR PROPBAT PROPCOLL REPCOLL STATUT SURFACES PSC DPSC-D DPSC-S DMDF SPUB SPUB-P INVR NUMER LGN REST ACQU RECOL REF_DEPS`,
      ),
    },
    { why: WHY.persons, codes: codesIn('RESP GRESP AMIS NB_AMI NOM_AMI OBS_AMI') },
    { why: WHY.contact, codes: codesIn('TEL_M CONTACT_GENERIQUE CONTACT_MUSEO') },
    { why: WHY.notices, codes: codesIn('REFMEM REFMER REFPAL') },
    { why: WHY.files, codes: codesIn('PHOTO VIDEO COPY') },
  ],
  columns: COLUMNS,
};
