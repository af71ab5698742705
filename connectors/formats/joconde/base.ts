/** The field list of Joconde: what becomes of each code, and the names under which open data spells it out. */
import { fold } from '#graph-schema/text.ts';
import type { Json } from '../../connector.ts';
import { type Base, codesIn, WHY } from '../pop/base.ts';
import { readNotice } from '../pop/notice.ts';
import type { Notice } from './notice.ts';
import { JOCONDE_COLUMNS, ONLINE_TAG } from './tags.ts';

/** Read by `visibility` of the source file, or by the cut. */
const BESIDE = `${ONLINE_TAG} REF DMAJ`;

export const JOCONDE: Base = {
  name: 'joconde',
  reference: 'Reference',
  mapped: codesIn(
    `${BESIDE} APPL AUTR COPY DENO DESC DIMS DOMN EPOQ HIST IMG INSC INV LIEUX LOCA LVID MANQUANT MILL MUSEO PERI PHOT PINS REFIM REPR STAT TECH TICO TITR UTIL
     VIDEO WWW`,
  ),
  lines: [],
  leftOut: [
    {
      why: WHY.bookkeeping,
      codes: codesIn(
        `PRODUCTEUR BASE CONTIENT_IMAGE TOUT HISTORIQUE REFMIS DATA DATION DESY DIFFU DMIS IMAGE LABO LARC MILU MOSA NSDA RANG RETIF LABEL LOCA3 MANQUANT_COM`,
      ),
    },
    { why: 'dit du musée, que Muséofile décrit', codes: codesIn('NOMOFF VILLE_M DPT REGION LOCA2 POP_COORDONNEES') },
    {
      why: 'précise un autre champ par un commentaire',
      codes: codesIn(
        'ATTR BIBL COMM DDPT DREP ECOL ETAT EXPO GENE GEOHI ONOM PAUT PDAT PEOC PERU PLIEUX PREP PUTI SREP',
      ),
    },
    { why: WHY.persons, codes: codesIn('ADPT APTN COOR DACQ DECV DEPO PDEC REDA') },
    { why: WHY.contact, codes: codesIn('CONTACT MSGCOM') },
    { why: WHY.notices, codes: codesIn('REFMEM REFMER REFPAL') },
  ],
  columns: {
    ...Object.fromEntries(
      Object.entries(JOCONDE_COLUMNS).map(([name, code]) => [fold(name).replace(/[^a-z0-9]+/g, '_'), code]),
    ),
    coordonnees: 'POP_COORDONNEES',
    sujet_represente: 'REPR',
    numero_inventaire: 'INV',
  },
};

/** A row of JSON or of a table as the tagged text has it: one text a code, values joined by ` ; `. */
export function noticeFrom(row: Json): { readonly notice: Notice; readonly unknown: readonly string[] } {
  const { notice, unknown } = readNotice(row, JOCONDE);
  const texts = [...notice].map(([code, values]) => [code, mended(values.join(' ; '))] as const);
  return { notice: Object.fromEntries(texts), unknown };
}

/** An address that was taken apart at its colon: `http ; //www.musee.example/`. */
function mended(text: string): string {
  return text.replace(/\b(https?) ?; ?\/\//g, '$1://');
}
