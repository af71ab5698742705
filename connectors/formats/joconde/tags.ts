/**
 * The tags of the Joconde base, as POP's field list has them (ministère de la Culture). A line is a tag only if it stands here: the
 * value `M0017` looks like one.
 */

const POP_TAGS =
  'REF REFMIS POP_IMPORT MANQUANT MANQUANT_COM ADPT APPL APTN ATTR AUTR BIBL COMM CONTACT COOR COPY DACQ DATA DATION DDPT DECV DENO DEPO DESC ' +
  'DESY DIFFU DIMS DMAJ DMIS DOMN DREP ECOL EPOQ ETAT EXPO GENE GEOHI HIST IMAGE IMG INSC INV LABEL LABO LARC LIEUX LOCA LOCA2 LOCA3 LVID ' +
  'MILL MILU MOSA MSGCOM MUSEO NSDA ONOM PAUT PDAT PDEC PEOC PERI PERU PHOT PINS PLIEUX PREP PUTI RANG REDA REFIM REFMEM REFMER REFPAL ' +
  'REGION DPT VILLE_M NOMOFF REPR RETIF SREP STAT TECH TICO TITR UTIL VIDEO WWW';

/** Not POP's: whether WebMuseo shows the record online. */
export const ONLINE_TAG = 'EN_LIGNE';

export const JOCONDE_TAGS: ReadonlySet<string> = new Set([...POP_TAGS.split(' '), ONLINE_TAG]);

/** The columns of the ministry's published table (data.culture.gouv.fr, base-joconde-extrait), and the tag that each corresponds to. */
export const JOCONDE_COLUMNS: Readonly<Record<string, string>> = {
  Reference: 'REF',
  Appellation: 'APPL',
  Titre: 'TITR',
  Auteur: 'AUTR',
  Precisions_sur_l_auteur: 'PAUT',
  Ancienne_attribution: 'ATTR',
  Ecole_pays: 'ECOL',
  Domaine: 'DOMN',
  Denomination: 'DENO',
  Materiaux_techniques: 'TECH',
  Mesures: 'DIMS',
  Numero_inventaire: 'INV',
  Sujet_Represente: 'REPR',
  Periode_de_creation: 'PERI',
  Millesime_de_creation: 'MILL',
  Epoque: 'EPOQ',
  Lieu_de_creation_utilisation: 'LIEUX',
  Geographie_historique: 'GEOHI',
  Decouverte_collecte: 'DECV',
  Localisation: 'LOCA',
  Lieu_de_depot: 'DEPO',
  Statut_juridique: 'STAT',
  Code_Museofile: 'MUSEO',
  Nom_officiel_musee: 'NOMOFF',
  Ville: 'VILLE_M',
  Departement: 'DPT',
  Region: 'REGION',
  Presence_image: 'IMAGE',
  Description: 'DESC',
  MANQUANT: 'MANQUANT',
  MANQUANT_COM: 'MANQUANT_COM',
  Date_de_mise_a_jour: 'DMAJ',
};
