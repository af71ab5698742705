import { PICTURE_SIZES } from '#graph-schema/pictures/store.ts';
import type { Thumbnail as Shown } from '../pictures/addresses.ts';
import { builder, words } from './builder.ts';
import { kindRef } from './connection.ts';

const Thumbnail = builder.objectRef<Shown>('Thumbnail').implement({
  description: words({ fr: 'Une vignette, servie par le hub en WebP.', en: 'A thumbnail, served by the hub as WebP.' }),
  fields: (t) => ({
    size: t.exposeInt('size', {
      nullable: false,
      description: words({
        fr: `Le plus long côté, au plus : ${PICTURE_SIZES.join(', ')} pixels.`,
        en: `The longest side, at most: ${PICTURE_SIZES.join(', ')} pixels.`,
      }),
    }),
    url: t.exposeString('url', {
      nullable: false,
      description: words({
        fr: 'L’adresse, stable, à partir de la racine de ce serveur : `/pictures/…`.',
        en: 'The address, stable, from the root of this server: `/pictures/…`.',
      }),
    }),
    width: t.exposeInt('width', {
      nullable: false,
      description: words({ fr: 'Largeur en pixels.', en: 'Width in pixels.' }),
    }),
    height: t.exposeInt('height', {
      nullable: false,
      description: words({ fr: 'Hauteur en pixels.', en: 'Height in pixels.' }),
    }),
  }),
});

builder.objectField(kindRef('Media'), 'thumbnails', (t) =>
  t.field({
    type: [Thumbnail],
    nullable: false,
    description: words({
      fr: 'Les vignettes, la plus petite d’abord ; aucune tant qu’elles ne sont pas faites, ou si l’image ne peut pas être republiée.',
      en: 'The thumbnails, smallest first; none until they are made, or where the picture may not be republished.',
    }),
    resolve: (media, _args, { thumbnails }, { path }) => {
      const uid = media[path.key];
      return typeof uid === 'string' ? thumbnails(uid) : [];
    },
  }),
);
