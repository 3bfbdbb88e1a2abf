"""Words of trade that say the same, in English, German and French: one idea a line.

`_` joins the words of a phrase, `*` stands for the rest of a word. A word may stand in several lines.
"""

TRADE = """
deliver | deliver delivery delivers ship shipping shipped freight carriage postage dispatch bring brings \
brought get_to_you with_you reach_you arrive arrives arrival transport haulage on_your_doorstep \
at_your_door | liefer* versand* fracht* zustell* anliefer* bei_ihnen *lieferung lieferzeit anfahrt ankunft \
eintreffen | livr* expedi* port transport* chez_vous achemin* arriv*
free | free gratis on_us on_the_house no_charge at_no_charge without_charge without_a_charge no_cost \
at_no_cost costs_nothing cost_nothing costs_you_nothing not_a_penny not_pay_a_penny nothing_to_pay \
free_of_charge complimentary pay_nothing we_pay_the_freight we_pay_the_carriage charge_nothing zero_cost \
waived waive no_extra_charge no_fee not_a_cent nobody_pays nothing_for no_delivery_charge no_postage \
not_charge our_treat we_absorb swallow_the_cost without_paying not_cost_you £_0 0_€ 0_£ €_0 at_our_expense \
we_pay_for we_cover at_no_extra_cost | kostenlos* gratis umsonst kostenfrei* frei frei_haus portofrei \
versandkostenfrei* ohne_kosten kostet_nichts ohne_aufpreis ohne_berechnung zum_nulltarif geschenkt \
auf_unsere_kosten gebuhrenfrei* kosten_nichts ubernehmen_wir | gratuit* offert* sans_frais gratis \
sans_supplement ne_coute_rien franco_de_port a_nos_frais sans_facturer rien_a_payer franco
frei_haus | free_to_the_door carriage_paid post_free postage_paid free_shipping free_delivery | frei_haus \
versandkostenfrei* portofrei* gratisversand | franco_de_port port_offert
we_bear | we_cover we_bear on_us at_our_expense we_absorb we_pay_for we_foot we_take_care_of_the we_pay \
our_account | ubernehmen auf_uns zu_unseren_lasten unsere_kosten tragen_wir wir_tragen schenken | \
a_notre_charge prenons_en_charge nous_payons nous_offrons sur_nous notre_poche
refund | refund* reimburse* pay_back paid_back give_back gives_back | erstatt* ruckerstatt* zuruckzahl* | \
rembours*
in_full | in_full full fully entire entirely completely all whole every 100 | vollstandig* voll* ganz* \
komplett* restlos | integral* totalite entierement tout complet*
all_money | every_penny every_pound every_cent full_price whole_price entire_price purchase_price \
full_amount what_you_paid all_you_paid your_money the_money full_sum everything_you_paid that_you_paid \
price_you_paid whole_sum entire_amount | kaufpreis* ihr_geld vollen_preis ganzen_preis jeden_cent \
vollen_betrag das_geld | prix_d'achat votre_argent chaque_centime totalite_du_prix
no_term | no_strings no_minimum_term no_fixed_term no_minimum_period no_commitment no_lock_in \
no_notice_period without_commitment without_a_minimum_term | ohne_mindestlaufzeit ohne_laufzeit \
ohne_bindung ohne_vertragsbindung keine_mindestlaufzeit | sans_engagement sans_duree
cheaper | lower cheaper less better_price smaller_price low | gunstiger* billiger* niedriger* weniger | \
moins_cher moins plus_bas meilleur_prix
rival | competitor competitors rival rivals competition anyone anybody other_suppliers other_quote | \
mitbewerb* wettbewerb* konkurren* | concurren*
money_back | money_back refund_every refund_in_full full_refund get_your_money every_penny_back \
your_money_back whole_price_back get_it_all_back refund_all refund_the_full refund_the_whole price_back \
return_your_money every_pound_back all_your_money every_cent_back pay_you_back reimburse_you \
refunded_in_full refund_you love_it_or refund_the_entire refund_100 full_price_back entire_price_back \
give_the_money_back pay_back_the | geld_zuruck geld_zuruck_garantie geld_vollstandig_zuruck \
vollen_kaufpreis_zuruck kaufpreis_zuruck erstatten_den_vollen erstatten_wir voll_erstatt* volle_erstattung \
geld_wieder zufriedenheitsgarantie erstatten_ihnen preis_zuruck volles_geld kaufpreis_erstatt* | \
satisfait_ou_rembourse rembours* rendons_votre_argent
price | price prices pricing cost costs | preis* kosten kostet | prix tarif* cout*
match | go_below meet_any match matches matching beat beats beaten undercut pay_the_difference \
seen_it_cheaper go_as_low match_it go_lower meet_their_price refund_the_difference found_it_cheaper \
find_it_cheaper lowest_price best_price_promised best_price_guarantee meet_any_price drop_ours \
lower_than_any cheaper_elsewhere | unterbiet* mithalten tiefpreisgarantie bestpreis* ziehen_mit \
gleichziehen gunstiger_gesehen differenz gunstiger_finden billiger_gesehen preisgarantie gehen_wir_mit | \
moins_cher_ailleurs alignons s'alignons aligner difference battons
match_price | price_match* match_the_price match_any_price beat_any beat_the_price beat_their_price \
best_price_promised price_promise lowest_price_guarantee pay_the_difference match_it best_price_guarantee \
refund_the_difference match_their_price find_a_lower_price match_whatever match_every beat_every \
match_prices match_competitors meet_any_price undercut_any match_what go_down_to_their | tiefpreisgarantie \
bestpreisgarantie preisgarantie unterbieten gehen_mit_dem_preis ziehen_mit gunstiger_gesehen \
billiger_gesehen mitbewerber_unterbieten preis_mit | moins_cher_ailleurs alignons alignement_sur \
remboursons_la_difference
next_day | next_day tomorrow overnight same_day next_morning following_morning the_morning_after \
within_24_hours following_day delivered_today this_evening the_day_after within_a_day by_tomorrow | morgen \
am_nachsten_tag am_selben_tag uber_nacht folgetag* ubermorgen noch_heute nachsten_werktag gleichen_tag | \
demain lendemain le_jour_meme des_demain en_24_heures sous_24_heures
removal | =removal =removals relocation relocate office_move move_your_office move_your_furniture \
move_everything put_in_storage put_into_storage moving_van whole_move moving_service we_move_you \
we_move_your move_your_whole move_you_to | umzug* umziehen einlager* zwischenlager* | demenag* \
garde_meuble* entrepos*
your_things | present existing old your_furniture your_desks your_archive your_files your_things \
your_tables belongings your_chairs what_you_have everything_you_have your_equipment your_old your_office \
yours | ihre_mobel ihre_schreibtische altmobel vorhandene* bisherige* bestehende* ihre_alten ihre_akten \
ihre_stuhle | vos_meubles vos_bureaux mobilier_actuel meubles_actuels vos_archives vos_affaires anciens
elsewhere_to | new_building new_address new_office new_offices new_premises new_site other_address \
new_place new_home new_floor | neue_buro neuen_buro neue_adresse neuen_raume neue_gebaude neuen_standort | \
nouveaux_locaux nouvelle_adresse nouveau_bureau
store_it | =store stores stored keep_in_our_warehouse in_our_warehouse in_our_depot storage warehousing | \
lagern lagert aufbewahren bewahren einlagern unterstellen | stockons stocke entreposons gardons_vos
hire | hire hires hired hiring rent rents rental rentals renting loan loans lend lends borrow | miet* \
vermiet* verleih* leihen leih ausleih* mieten | louer louons location loue louez pret preter pretons
short | short weekend day_or event events exhibition conference by_the_day by_the_week daily weekly \
wedding party fair for_a_day for_a_week a_day per_day a_week for_one_day trade_fair for_one_evening \
for_an_evening one_night per_week exam_week festival pop_up for_two_days for_three_days short_term | \
wochenende tagweise tageweise wochenweise messe veranstaltung* pro_tag pro_woche hochzeit fur_einen_abend \
feier fest kurzzeit* fur_einen_tag fur_eine_woche | week_end weekend journee a_la_semaine soiree salon \
evenement* mariage par_jour congres par_semaine
repair | service_all service_any services_all repair* mend mends fix fixes mending fixed_for restore \
refurbish reupholster service_chairs overhaul put_right workshop | repar* reparier* instandsetz* \
werkstatt* instand | repar* depann* remettre_en_etat reparons atelier
other_makes | other_makes other_makers any_make any_brand whatever_the_brand whatever_the_make \
any_manufacturer all_brands other_brands all_makes wherever_you_bought bought_elsewhere \
other_manufacturers not_ours of_any_brand no_matter_who no_matter_where whoever_made whoever_built \
from_another other_suppliers every_make any_maker every_brand of_other someone_else somebody_else \
competitors_chairs another_maker another_supplier | fremd* aller_hersteller anderer_hersteller jeder_marke \
aller_marken anderen_herstellern egal_welche* andere_marke* jedes_herstellers woanders | \
toutes_les_marques toutes_marques d'autres_marques quelle_que_soit_la_marque autres_fabricants \
toute_marque autre_marque ailleurs
lease | lease leases leasing leased rental_contract contract rent renting rental monthly | leas* vertrag* \
mietvertrag | louer location locations bail contrat loue* crédit-bail louez
cancel | leave_the_lease leave_the_contract leave_your out_of_your out_of_the cancel cancels cancelled \
cancelling cancellation end ends ended ending terminate termination quit walk_away get_out_of break \
step_out hand_back give_back give_notice stop | kundig* beend* ausstieg aussteigen auflos* loswerden \
kundbar zuruckgeben | resil* annul* rompre mettre_fin arreter quitter
any_time | month's_notice any_time anytime at_any_time whenever at_will any_month any_day at_any_point \
from_one_month_to_the_next no_fixed_term any_moment month_to_month no_minimum_term no_matter_when \
with_one_month's_notice at_a_month's_notice every_month early before_its_term before_the_end halfway \
half_way | jederzeit monatlich wann_immer monatlich_kundbar zu_jedem_zeitpunkt vorzeitig vor_ablauf \
jeden_monat fruher | a_tout_moment quand_vous_voulez n'importe_quand quand_bon_vous_semble sans_preavis \
avant_terme
building_work | wire wires wired wiring rewire rewiring cable cables cabling cabled socket sockets \
electric* lighting plaster plastering paint painting lamps data_points data_point power_and_data network \
walls partition* plumbing drill power_points carpet_laying ceiling ceilings data_sockets data_cabling \
power_supply lights power_sockets light_fittings floor_boxes luminaires power_and_network dado decorate \
decorating | elektro* verkabel* steckdose* kabel* beleuchtung* wand wande leitungen lampen netzwerk* \
strom* datenleitung* malerarbeiten streichen trockenbau datendose* stromanschl* elektrik | cabl* prises \
electri* eclairage cloison* murs peinture peindre reseau luminaires branch* raccord*
do_work | part_of package build builds service install installs installed installation connect connects \
provide provides run lay lays put_in fit fits do done take_care handle handles included we_wire wire paint \
plaster wired include includes our_electrician* supply supplies hang put_up move paints cover covers ready \
work works complete comes deal_with look_after our_team our_crew sort all_in arrange arranges everything | \
hand ausfuhr* gehort install* anschliess* verleg* montier* ubernehm* erledig* legen einbau* bauen machen \
inklusive kummern schliess* streichen setzen ziehen zieht | install* raccord* posons pose tir* \
nous_occupons charge branch* cabl* compris* realis* pein* incluse*
return | give_it_back bring_it_back hand_it_back take_it_back ship_it_back return returns returned \
returning send_back send_it_back send_them_back sends_back give_back bring_back change_your_mind \
changed_your_mind change_our_mind change_of_mind take_back come_back ship_back hand_back sending_back \
send_things_back may_come_back take_it_back back_to_us send_anything_back back_within return_it sent_back \
money_back_period right_of_return withdrawal keep_or_send come_back_to_us sending_things_back goes_back \
go_back back_in_the_box | ruckgabe* zuruckgeb* zuruckschick* umtausch* widerruf* zurucksend* retour* \
zuruck zurucknehm* | retour* renvoy* retourn* rendre reprise reprend* changer_d'avis rendez rendent \
restitu*
warranty | warrant* guarantee guaranteed guarantees stand_behind cover_defects vouch | garantie* gewahr* \
garantier* | garanti*
quote | quote quotes quotation quotations offer offers estimate estimates proposal tender figure price \
prices bid | angebot* kostenvoranschlag* offerte* anbieten preis preise | devis offre* chiffrage chiffrer \
proposition prix
hold | hold holds held stand stands valid binding bind binds good fixed firm stay_good stays_good keep \
open unchanged frozen honour honoured locked guaranteed_price not_change remain remains lasts \
do_not_change | gilt gelten gultig* bindend verbindlich* bestehen fest bleibt bleiben unverandert* stehen \
steht binden halten | valable* valide* tien* ferme reste restent engage fixe fixes inchang* garanti bloqu*
invoice | invoice invoices invoiced bill bills billed payment payments account | rechnung* zahlung* \
zahlungsziel | factur* reglement* paiement*
pay | payment payments bill bills invoice invoiced pay pays paid paying payable payment settle settled \
settles due transfer owe owes money_leaves nothing_to_pay charged | zahl* bezahl* fallig* begleich* \
uberweis* zahlbar rechnung* | pay* regl* factur* reglement* dus echeance vers* exig*
due | due payable settle settled to_pay time_to_pay payment_term payment_terms pay_us | fallig* zahlbar \
zahlungsziel zahlen begleichen bezahlen | echeance payable* a_payer regler reglees dues exigible*
answer | answer answers answered reply replies replied respond responds response get_back_to_you hear_back \
hear_from_us write_back call_back reaction | antwort* ruckmeld* reagier* melden_uns ruckruf* beantwort* \
meldet | repon* repondr* rappel* reponse* revenons_vers_vous
deposit | deposit security down_payment advance upfront up_front | kaution* anzahlung* | depot_de_garantie \
depot caution acompte
discount | discount discounts off reduction reductions less rebate cheaper saving saves save lower \
knocked_off | nachlass* rabatt* ermassig* weniger gunstiger skonto | remise* reduction* rabais moins \
economis*
bulk | volume larger_orders large_orders from_100 big_orders | menge* mengenrabatt gross* | quantite \
volume
minimum | minimum smallest at_least from_ten up | mindest* ab kleinst* | minimum minimal* partir
charge | charge charges charged handling fee fees deduct kept_back retain withhold keep_back | gebuhr* \
bearbeitung* einbehalt* abzug | frais retenu* traitement
per_month | a_month per_month each_month every_month monthly month | monat* im_monat pro_monat monatlich | \
mois par_mois mensuel* mensualite*
include | include includes included including inclusive | inklusive enthalten inbegriffen | compris* \
inclu*
fixed | fixed confirmed set agreed settled sure nailed_down | fest* vereinbar* zugesagt | fix* convenu* \
confirm* arret*
writing | writing written black_and_white on_paper letter print signed by_mail e_mail email | schriftlich* \
schwarz_auf_weiss brief papier | ecrit* par_ecrit noir_sur_blanc signe*
swap | swap swapped swapping exchange exchanged replace replaced change changed trade trade_in switch \
renew | tausch* austausch* wechsel* ersetz* umtausch* | echang* remplac* chang*
buy | buy buys buying bought purchase purchases purchased purchasing own acquire become_yours keep \
take_over becomes_yours yours buy-out buyout | kauf* erwerb* ubernehm* ubernahme | achat* achet* acquer* \
racheter rachat*
buyout | buy_out buyout buy_the become_yours becomes_yours become_your_own take_over yours_to_keep \
purchase buy own | ubernehm* abkauf* herauskauf* ubernahme ablos* kaufen erwerben | rachet* rachat*
begin | start starts started founded founding begin began establish* since in_business opened | seit \
gegrund* grundung* anfang angefangen | depuis fonde* fondation cree* debut*
insured | insured insurance insure cover covered liability covers insures | versicher* haftpflicht* \
gedeckt deckung | assur* couvert*
certified | certified certificate certificates certification certify approved stamped tested proof seal \
attest* conform* meet meets comply complies standard accredited holds_the label labelled | zertifi* \
zertifikat* gepruft* bescheinig* siegel entspr* nachweis* norm | certifi* attest* conforme* norme* label* \
homologu*
recycled | recycled recycle scrap had_a_life_before second_life reused second_hand melted re-melted \
reclaimed | recycel* recycl* schrott altmetall wiederverwert* | recycl* ferraille recuper*
reuse | used_again reused reuse second_home find_a_home second_life new_life new_home work_again passed_on \
put_to_use new_owner find_a_new resold another_life carry_on_working | weiter_genutzt weitergenutzt \
wiederverwend* weiterverwend* neues_zuhause zweites_leben neuen_besitzer | reutilis* seconde_vie resserv* \
deuxieme_vie
test | test tests tested study trial_result institute | test* studie* institut* pruf* | test* etude* \
institut*
trial | test try tries tried trial trials test_sit sit_on borrow sample on_approval test_drive try_out \
keep_for | probe* testen ausprobier* probesitz* probier* | essa* essai* testez tester a_l'essai garder \
pretons
measure | measure measures measured measuring survey surveyed tape laser take_the_measurements \
been_in_your_rooms site_visit see_the_rooms come_and_look look_at_your_rooms | mess* ausmess* aufmass \
vermess* gemessen messen | mesur* releve* metre cotes
on_site | on_site on_the_spot in_your_rooms at_your_place at_your_premises in_person your_door \
on_your_premises at_the_door to_you your_office visit visits stands_before_you your_building your_site \
in_your_office | vor_ort bei_ihnen im_haus ihren_raumen vor_ihrer_tur | sur_place chez_vous \
dans_vos_locaux a_votre_porte dans_vos_murs
plan | plan plans layout layouts drawing floorplan sketch drawings | plan* grundriss* zeichnung* raumplan* \
| plan plans dessin* croquis implantation
draw | draw draws drew drawn drawing design designs sketch make prepare plan | zeichn* entwerf* entwurf \
erstell* plan* | dessin* trac* concev* etabli*
person | person contact_person point_of_contact one_contact human face name same_person colleague one_name \
same_face single_contact adviser guide one_voice | mensch* ansprechpartner* person gesicht berater* \
ansprechperson kontakt betreuer* | personne* interlocut* visage conseill* contact*
look_after | look_after looks_after looked_after take_care accompany stay_with stays_with by_your_side \
deal_with responsible see_you_through remain stay stays | begleit* betreu* kummer* zur_seite zustandig* \
bleibt | suit suiv* accompagn* s'occup* reste
first | first start beginning initial opening very_first | erst* anfang beginn | premier* debut
last | last final end very_last finish latest | letzt* ende schluss | dernier* fin
same | same one single one_and_the_same | gleiche* selbe* derselbe* dieselbe* ein_mensch einer | meme* \
seul* unique*
firm | firm firms company companies business businesses organisation* customer customers client clients \
office employers | firm* unternehmen betriebe* kund* buros | entreprise* societe* clients firmes
trust | trust trusts trusted rely relies count_on believe work_on working_on sit_on furnished | vertrau* \
arbeit* | confiance travaill* font_confiance
honest | honest frank plain say_so tell_you truth say tell straight out_loud | ehrlich* offen sagen_es \
sagen wahrheit | franch* honnet* disons dirons le_dire
suited | right_for_you fit_for_you suit_you suits right_choice good_fit wrong_for_you suited not_for_you \
right_supplier right_people serve_you_better | passen passt richtig* geeignet* | convenons convien* \
bon_choix adapt*
compare | average other ordinary usual typical common standard normal | durchschnitt* gewohnlich* ublich* \
normal* | moyen* ordinaire* courant*
twice | twice double two_times doubly twofold 2x 2_× | doppelt* zweimal zweifach | deux_fois double*
less_than | less below under cheaper lower smaller beneath not_even | weniger gunstiger unter billiger | \
moins inferieur*
more_than | more over above beyond exceed upwards in_excess well_over past | mehr uber | plus plus_de \
depasse*
none | no not none nothing without never nobody zero free_of | kein* nicht ohne nie null | aucun* sans \
rien ni pas point
all | all every each whole entire everything any complete without_exception only solely exclusively \
nothing_but 100_% | all* jed* ganz* samtlich* komplett* nur ausschliesslich* | tout* chaque tous ensemble \
integral* uniquement
only | only not_before not_until once until no_sooner solely nothing_before not_a_day_before after just | \
erst nur sobald ausschliesslich nachdem nicht_vor solange | que seulement qu'une_fois lorsque uniquement \
quand avant pas_avant apres
done | fitted fit_together ready finished complete completed in_place stands standing installed assembled \
done put_in_its_place everything_stands in_its_place last_piece put_together built set_up last_screw \
has_been_placed | steht stehen fertig* montiert aufgebaut* abgeschlossen letzte_stuck aufgestellt | mont* \
termin* installe* pose en_place acheve*
"""
