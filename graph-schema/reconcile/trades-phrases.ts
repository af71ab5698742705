/** Words round the name of a trade that tell what it is there; compared in the singular and the masculine. */
import { wordsOf } from '../vocabularies/trade-words.ts';

const words = (text: string): ReadonlySet<string> => new Set(wordsOf(text).map(({ loose }) => loose));

/** "apprenti boulanger", "ancien mineur": the trade is the next word's. */
export const RANKS = words(`
  ancien apprenti artisan aide compagnon garcon jeune maitre ouvrier patron premier retraite second vieux futur petit grand bon
  mon notre son leur ce cet femme homme fils fille simple chef demoiselle dame
  et ou puis dont notamment surtout ainsi que`);

/** "outil de sabotier", "métier de tisserand", "témoignage d'un batelier": what is named by its trade (tools, clothes, words of a person). */
export const NAMED_BY_TRADE = words(`
  metier travail profession vie quotidien geste savoir art journee fete portrait temoignage souvenir memoire recit parole
  entretien interview histoire apprentissage formation diplome cap certificat brevet atelier echoppe vitrine etal boutique
  outil outillage instrument trousse caisse coffre boite sac musette materiel equipement marteau masse enclume lampe casque
  carreau fuseau aiguille ciseau couteau hache rabot scie pic pioche pelle tenaille pince lime burin gouge paroir truelle
  navette rouet quenouille herminette plane serpe faucille faux fourche cognee couperet hachoir tour sacoche hotte brouette balance
  compas etabli banc canne tablier costume tenue uniforme habit vetement blouse pantalon veste gilet chemise
  casquette barrette beret chapeau coiffe bonnet foulard sabot chaussure botte bottine gant cape pelerine manteau livret carnet
  enseigne banniere drapeau plaque insigne medaille bleu gamelle gourde besace seau lanterne soufflet poincon alene tranchet forme
  peigne carde crochet houlette baton serpette tariere bedane trusquin equerre rivelaine jeton cartable rencontre visite`);

/** Who works in a sector or at an activity. */
export const WORKERS = words('ouvrier travailleur employe salarie industriel artisan patron');

/** A feminine that one of these follows is a machine. */
export const MACHINES = words(
  'mecanique automatique electrique hydraulique pneumatique universel universelle industriel industrielle vapeur moteur type modele marque',
);

/** Not the words of a trade that follow one of these, though "de" stands between: streets, houses, families, dishes. */
export const NAMED_OTHERWISE = words(`
  rue ruelle place placette quai impasse chemin sentier cour allee avenue boulevard square passage residence rond pont porte
  faubourg quartier cite hameau lieu route voie clos villa cafe auberge restaurant brasserie estaminet hotel chateau bois
  etablissement ets societe maison firme usine moulin famille veuve epoux docteur mlle mme m mm monsieur madame mademoiselle
  sarl sa sauce recette tarte pate soupe chien etoile`);

/** A capital after one of these is a person's name. */
export const HONORIFICS = words(
  'm mm mr mme mlle monsieur madame mademoiselle dr docteur famille veuve vve epoux ets etablissement maison societe firme freres abbe',
);

/** What may follow the trade without changing it. */
export const HARMLESS = words(`
  ambulant domicile main facon rural village campagne ville municipal communal local agricole textile picard flamand artesien boulonnais cambresien
  lillois roubaisien autrefois antan jadis traditionnel retraite fosse mine fond jour usine fabrique atelier oeuvre travail
  ouvrage activite tenue costume raconte racontent temoigne parle explique souvient se qualifie
  art chef laique saisonnier lavoir filature tissage peignage champ marche port ecole hopital chantier foyer polonais italien marocain algerien portugais savoyard specialise independant compte siecle annee vers en a au de d dans sur par
  francais region nord`);

/** What trades of cloth, clothes and shops may be of, and stay what they are: "tisseur de soie". */
export const FIBRES = words('laine coton lin soie chanvre jute velours drap toile');
export const OF_FIBRES: ReadonlySet<string> = new Set([
  'industrie textile',
  'dentelle et broderie',
  'habillement et mode',
  'commerce et boutique',
]);

/** In brackets: says that the word is a trade. */
export const GLOSSES = words(`
  metier profession personne ouvrier artisan patron femme homme feminin masculin f h hf fh mf picard patois regional regionalisme
  ancien historique vieilli chti flamand neerlandais textile mine siecle vers debut fin annee domicile a la main local ambulant retraite`);
export const WOMEN = words('femme feminin f ouvriere fille dame personne ouvrieres femmes');

/** In brackets: says that it is something else. */
export const OTHER_THINGS = words(`
  machine meuble objet ustensile poisson oiseau arbre nom patronyme famille chien chat plante fruit marque rue lieu auberge
  cafe restaurant bateau navire machinerie animal insecte fleur glace plat recette jeu instrument document armoire vetement`);

/** A firm, whatever trade its name holds: "Cordier & fils", "Meunier frères". */
export const FIRM =
  /(?:&|\bet) *(?:fils|cie|compagnie|fr[eè]res|s(?:œ|oe)urs|associ[ée]s|veuve)(?!\p{L})|\b(?:SARL|SAS?|EURL|SNC|S\.A\.|Cie|Ets|Éts|[ÉE]tablissements|Maison|Soci[ée]t[ée])(?!\p{L})|\p{L} fr[èe]res(?!\p{L})/u;

/** Trades that are as often a family's name as a person's trade, where the text is not known to speak of trades. */
export const SURNAMES = words(`
  barbier batelier berger boucher boulanger bouvier brasseur carlier carpentier carrier cartier chandelier chapelier charbonnier
  charlier charpentier charretier charron chasseur chaudronnier chaumier cirier cloutier colporteur cordier cordonnier corroyeur
  coutelier couturier couvreur cuvelier drapier ecorceur facteur fermier ferrier forgeron foulon fournier fripier fromager gantier garnier
  graveur herbager huilier imprimeur jardinier laboureur laitier libraire linier macon maitre marchand marechal marin marinier masson
  matelot menuisier mercier meunier mineur moissonneur mousse mulquinier papetier parmentier passeur patissier paveur
  pecheur pelletier peltier pilote plombier poissonnier porcher potier prevost saunier sabotier saulnier scieur sellier serrurier taillandier
  tailleur tanneur teinturier tellier tisserand tisseur tondeur tonnelier tourneur tuilier vacher vannier verrier vigneron vinaigrier`);

/** First names: what stands before or after them with a capital is a surname. */
export const FIRST_NAMES = words(`
  achille adele adolphe adrien agathe agnes aime albert alexandre alfred alice aline alphonse amelie anatole andre angele anna anne
  antoine antoinette antonin armand arthur auguste augustin aurelie baptiste benoit bernard berthe blanche bruno camille
  caroline catherine cecile celestin charles charlotte christian christophe claire claude clemence clement constant constantin
  daniel david denis desire didier dominique edgard edmond edouard elisabeth elise emile emilie emmanuel ernest etienne eugene
  eugenie fabien felix ferdinand fernand florent florentin francis francois frederic gabriel gaston georges gerard germaine gilbert gilles
  gustave guillaume guy helene henri henriette hippolyte hubert hugues irene isabelle isidore jacqueline jacques jan jean jeanne jerome
   joseph josephine jules julien juliette laurence laurent leon leonie leopold louis louise lucie lucien lucienne madeleine marc
  marcel marcelle marguerite marie martin mathieu mathilde maurice maxime michel monique nathalie nicolas noel olivier oscar pascal
  patrick paul paule pauline philippe pierre raoul raymond rene robert roger roland romain sebastien serge simon simone
  sophie stephane suzanne sylvain theodore theophile therese thierry thomas valentin victor victorine vincent xavier yves yvonne zoe`);
