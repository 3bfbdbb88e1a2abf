"""Things and doings of an office and a delivery that go by several names; like the words of trade."""

EVERYDAY = """
desk | desk desks table tables worktop workstation tabletop workbench table_top table_tops | tisch* \
schreibtisch* *tisch *tische *tischen arbeitstisch* tischplatte* | bureau bureaux table tables plateau*
frame | frame frames base understructure legs leg framework substructure | gestell* rahmen *gestell \
*gestelle tischbein* untergestell* | pietement* structure* cadre* chassis pied pieds
chair | chair chairs seat_swivel stool stools armchair | stuhl* stuehl* sessel* *stuhl *stuhle *stuhlen \
drehstuhl* sitzmobel | siege* chaise* fauteuil*
seat | seat seats place places workplace workplaces workstation workstations desk_and_chair | platz* \
arbeitsplatz* platze* arbeitsplatze* *platze *platzen kopf | poste* place* poste_de_travail bureaux \
personnes
furniture | furniture furnishings pieces items desks chairs goods things stuff fixtures range equipment | \
mobel* einrichtung* mobiliar* *mobel stucke ausstattung | meuble* mobilier amenagement pieces
furnish | furnish furnishes furnished furnishing fit_out fitting_out fitted_out equip equips equipped \
set_up kit_out outfit outfitted outfitting kitted_out | einricht* ausstatt* eingerichtet* ausgestattet* \
mobliert* eingerichtet | amenag* equip* meubl*
office | office offices workplace workplaces premises rooms surgery firm floor | buro* bueros raum* \
geschaftsraum* | bureau bureaux locaux
stock | stock stocked in_store shelf shelves warehouse off_the_shelf on_the_shelf ready_made \
standard_range available standard_items on_hand | lager* vorratig* vorrat ab_lager lagerware lagermobel \
lagernd | stock* magasin entrepot etagere disponible*
made_to_order | made_to_order made-to-order bespoke custom custom_made made_for_you to_measure tailor_made \
special_order purpose_built custom-built specials made_specially built_to_order individually_made | \
sonderanfertigung* massanfertigung* sonderbau auf_bestellung nach_mass massmobel einzelanfertigung* | \
sur_mesure sur_commande fait_main
fitter | fitter fitters technician technicians installer installers engineer engineers crew crews team \
carpenter assembler assemblers mechanic somebody_from_our_workshop repairman repairer craftsman joiner \
workshop own_people our_people payroll staff employees somebody someone workman | monteur* techniker* \
mitarbeiter* handwerker* team truppe fachleut* angestellt* schreiner* kolleg* leute | monteur* technicien* \
equipe* installateur* reparateur* artisan* salari* employe*
assemble | build builds built building assemble assembles assembled assembly put_together fit fits fitted \
fitting set_up puts_together mount mounts screw erected erect install installed placed place stand put_up \
constructed | aufbau* montage* montier* bauen baut gebaut aufgebaut* aufstell* zusammenbau* stehen \
zusammen_gebaut | assembl* mont* install* pos*
own | own own_payroll payroll employed employees not_subcontractors staff in_house our_people permanent | \
eigen* angestellt* fest_angestellt* eigene* | propre* salari* employe* interne*
subcontractor | subcontractor subcontractors agency outside_firms third_parties freelancers temps | \
subunternehm* fremdfirm* leiharbeit* | sous-trait* sous_trait* traitant traitants interim*
evening | evening evenings after_hours after_office_hours after_work night after_six \
once_your_people_have_gone_home gone_home have_left close_of_business after_closing \
when_the_office_is_empty at_night after_business_hours out_of_hours after_five after_seven \
end_of_the_working_day | abend* feierabend* nach_buroschluss nach_dienstschluss geschaftsschluss nachts \
nach_feierabend | soir* apres_les_heures fermeture nuit
notice | notice ahead beforehand in_advance advance booked lead_time warning | vorlauf* vorher voraus \
vorankundigung frist | preavis avance prevenir
cleared | cleared empty emptied clear free_floor | geraumt* leer* frei* | vide* degag* libere*
room | room rooms area areas section floor zone corner one_room | raum* zimmer* bereich* etage | piece \
pieces salle* espace* bureau
by_room | room_by_room one_room_after_another one_room_at_a_time room_after_room bit_by_bit \
section_by_section step_by_step one_after_the_other area_by_area floor_by_floor one_room_after_the_other \
in_stages | raum_fur_raum zimmer_fur_zimmer nach_dem_anderen stuck_fur_stuck raumweise schritt_fur_schritt \
| piece_par_piece salle_par_salle une_piece_apres_l'autre apres_l'autre par_etapes
keep_working | keep_working kept_working goes_on_working carry_on working next_door business_goes_on \
phones_stay_on keep_going without_stopping work_on continue stay_at_work operate open_for_business | \
weiterarbeit* arbeitet_weiter weiter arbeiten laufende* betrieb* arbeitet | travaill* continu* poursui* \
sans_interrompre
packaging | packaging wrapping wrappings box boxes cardboard cartons carton foil film crates plastic \
packing pallets wrap styrofoam bubble_wrap | verpackung* karton* folie* pappe* palette* schachtel* | \
emballage* carton* film* palette*
take_away | takeback take_away takes_away take_with go_back_on carry_off collect collected collects remove \
removed away disappear leave_with goes_with leave_nothing_behind no_cardboard cart_away haul haul_away \
pick_up picked_up take_along goes_back_on_the_van go_back_on_the_van leaves_with takes_along gone go_along \
take leave leaves dispose rid behind taken | mitnehm* nehmen mit abhol* verschwind* entsorg* mitgenommen \
zurucknehm* wieder_mit abtransport* nehmen_wir | report* remport* emport* repren* enlev* debarrass* \
recuper* disparai*
old | old present existing current previous former worn tired | alt* bisherig* vorhanden* gebraucht* | \
ancien* vieux vieil* actuel* usag*
van | van lorry truck vehicle car | wagen transporter lkw lieferwagen | camion* camionnette fourgon* \
vehicule
driver | driver drivers somebody van man_at_the_wheel | fahrer* chauffeur | chauffeur* livreur* \
conducteur*
call | call calls called calling ring rings rang rung phone phones phoned telephone telephones \
give_you_a_ring | anruf* ruf* telefon* klingel* | appel* telephon* coup_de_fil passe_un
arrival | before_he_arrives arrive arrives arriving coming turns_up there turned_in at_the_door reach \
reaches before_he_is_there shows_up | ankunft* eintreff* kommt da | arriv* venue
window | window windows slot slots time_frame to_within time_slot span timeframe | zeitfenster* fenster* \
zeitraum | creneau* fenetre* plage*
come | come comes came coming arrive arrives is_there stands at_your_door turn_up visit visits send sends \
sent be_there rings on_the_doorstep reach reaches be_with_you see_you here there with_you show_up | kommt \
kommen kam kamen vorbei* da eintreff* erschein* steht | pass* vien* viendr* arriv* venir sera interv* \
depla*
parts | part parts spare spares spare_part component components replacement screws castors bits | \
ersatzteil* teile* rolle* schraube* | piece_detachee pieces_detachees detachees rechange piece pieces \
pieces_de_rechange
keep | keep keeps kept keeping stock hold in_stock have available supply store stay obtainable get \
have_on_the_shelf find | halten bereit* vorrat* lager* aufbewahr* verfugbar* erhaltlich* bekomm* lieferbar \
vorhalten | gard* conserv* dispon* stock* tenons tenues fourni*
choose | choose chooses chose chosen pick decide decides select whatever free_choice mix either | wahl* \
entscheid* aussuch* mischen | chois* decid* selection* melang*
piece | piece pieces item items unit each some others article piece_by_piece per_piece | stuck* \
mobelstuck* einzeln* posten | meuble* piece* article* element* chacun
carry | put sit carry carries carried hold holds bear bears support supports take takes tested_to stand \
rest load loaded built_for made_for rated weigh weighs weight | trag* halt* belast* aushalten aushalt* \
vertrag* tragkraft | support* port* charg* resist* tien*
move | move moves moved moving go goes adjust adjusts adjustable raise raises rise lower range lift travel \
travels from | fahr* verstell* hohenverstell* reichen reich* einstell* beweg* | vont varie* regl* mont* \
descend* allant
sit_stand | sit_stand sit-stand sit_to_stand standing_desk standing_desks height_adjustable \
height-adjustable sit_and_stand stand_up_desk | sitz_steh* hohenverstellbar* stehtisch* steh_sitz* | \
assis_debout assis-debout reglable*
wood | wood wooden timber oak boards board veneer ply plywood panels planks | holz* eiche* platten \
furnier* | bois chene*
steel | steel metal iron | stahl* metall* eisen | acier metal*
colour | colour colours colored color colors shade shades hue hues tone finish finishes | farb* farbton* \
*farben | couleur* teinte* coloris
extra_price | extra_price extra_charge surcharge supplement extra same_price more_money on_top extra_cost \
no_extra premium | aufpreis* zuschlag* mehrpreis | supplement surcout plus_cher
booth | booth booths cabin cabins pod pods phone_box | kabine* zelle* telefonzelle* box | cabine* box
noise | noise noises sound quiet quieter loud din volume racket silence | larm* schall* gerausch* leise* \
ruhe | bruit* son sonore* silenc*
cut | cut cuts reduce reduces reduced lower lowers dampen muffle muffles less take_off swallow swallows \
keep_out quieter drops takes_away | senk* reduz* dampf* schluck* minder* | redui* attenu* baiss* absor* \
coupe*
sitting | sitting sit sits sat seated | sitz* gesessen | assis*
built | built build made designed constructed meant intended engineered made_for | gebaut gemacht \
entwickelt ausgelegt gefertigt | concu* fait* fabriqu* prevu*
day_long | eight_hours all_day whole_day full_day working_day full_shift day | acht_stunden ganzen_tag \
arbeitstag tag | huit_heures journee
showroom | showroom showrooms exhibition display gallery see_it | ausstellung* showroom* schauraum* \
austellung* | showroom* exposition* salle_d'exposition
see | see sees seen look at touch view visit on_show on_display in_person sit | seh* sieh* anschau* \
zu_sehen anseh* besuch* | voir vue visit* decouvr* touch*
disposal | disposal shredding destruction destroyed shredded recycling | entsorg* vernicht* | elimin* \
destruct* recyclage
file | file files records archive paperwork paper auditor audit | akte* unterlagen dokument* | dossier* \
archive* documents
order | order orders ordered job jobs project projects delivery deliveries | auftrag* bestell* lieferung* \
projekt* | commande* projet* livraison*
right | right correct flawless without_a_fault perfect as_ordered without_fault nothing_missing in_order \
no_errors complete | stimm* richtig* fehlerfrei* einwandfrei* passt | just* correct* sans_erreur conforme* \
sans_faute
time | time times go attempt visit | mal zeit anhieb | fois coup
dental | dental dentist dentists practice | zahn* | dentaire* dentiste*
weekend | weekend saturday sunday friday_to_monday between_friday_and_monday | wochenende samstag sonntag \
| week_end weekend samedi dimanche
lasting | last lasts lasting lasted live lives survive outlive outlives outlast hold_up life_span lifespan \
service_life durable | halt* haltbar* lebensdauer uberleb* langlebig* | dur* longevit* vie tiennent
coffee | coffee espresso latte cappuccino cup mug | kaffee* tasse | cafe* tasse
countries | britain uk united_kingdom ireland germany sweden countries country | grossbritannien irland \
deutschland schweden lander | grande_bretagne irlande allemagne suede pays
wear | wear tear wear_and_tear abrasion | verschleiss abnutz* | usure
use | use usage used normal ordinary_use | nutzung gebrauch* buronutzung | usage utilisation
lift | lift elevator ground_floor no_stairs ramp step_free | aufzug* lift ebenerdig* erdgeschoss | \
ascenseur rez_de_chaussee plain_pied
tax | vat tax taxes excluding before_tax net plus_tax plus_vat | mehrwertsteuer* mwst steuer* netto | tva \
taxe* ht hors
damage | damage damages broken defect fault faults breakage report breaks break | schaden* defekt* kaputt* \
| dommage* degat* panne* defaut* casse*
address | address addresses site sites location destination drop | adress* standort* anschrift* ort | \
adresse* site* lieu*
flat | flat one_price same_price whatever_the_size single_price lump_sum fixed_price | pauschal* pauschale \
einheitspreis | forfait* unique
line | line item entry row position separately shown listed named names name spelled_out stated states \
appear appears shows show | zeile* posten position* aufgefuhrt* ausgewiesen* steht nennt nennen genannt | \
ligne* poste indiqu* mention* figure* precis* nomm*
start_term | as_little_as run runs term lasts duration period between shortest longest minimum_term | \
lauf* laufzeit* dauer* zwischen | dure* duree* entre
fifth_year | each_year every_year per_year a_year yearly annually once_a_year | jedes_jahr jahrlich \
pro_jahr im_jahr | chaque_annee par_an annuel* tous_les_ans
money | money pound pounds euro euros penny | geld | argent
"""
