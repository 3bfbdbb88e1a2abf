from django.urls import path

from songsheet.doors.pages import FORMATS
from songsheet.song.claims import views as claims
from songsheet.song.facts import views as facts
from songsheet.song.market import views as market
from songsheet.song.narratives import views as narratives
from songsheet.song.sheet import views as sheet

urlpatterns = [
    path("song", sheet.song, name="song"),
    path("song/facts", facts.facts, name="facts"),
    path("song/facts/new", facts.new, name="fact_new"),
    path("song/facts/<str:fact>", facts.fact, name="fact"),
    path("song/facts/<str:fact>/change", facts.change, name="fact_change"),
    path("song/facts/<str:fact>/review", facts.review, name="fact_review"),
    path("song/facts/<str:fact>/withdraw", facts.withdraw, name="fact_withdraw"),
    path("song/facts/<str:fact>/dispute", facts.dispute, name="fact_dispute"),
    path("song/disputes/<str:dispute>/answer", facts.answer, name="dispute_answer"),
    path("song/disputes/<str:dispute>/settle", facts.settle, name="dispute_settle"),
    path("song/claims", claims.claims, name="claims"),
    *[path(f"song/claims.{form}", claims.file, {"form": form}, name=f"claims_{form}") for form in FORMATS],
    path("song/claims/new", claims.new, name="claim_new"),
    path("song/claims/<str:claim>", claims.claim, name="claim"),
    path("song/claims/<str:claim>/propose", claims.propose, name="claim_propose"),
    path("song/claims/<str:claim>/close", claims.close, name="claim_close"),
    path("song/versions/<str:version>/edit", claims.edit, name="claim_edit"),
    path("song/versions/<str:version>/force", claims.force, name="claim_force"),
    path("song/versions/<str:version>/sign", claims.sign, name="claim_sign"),
    path("song/versions/<str:version>/withdraw", claims.withdraw, name="claim_withdraw"),
    path("song/market", market.market, name="market"),
    path("song/market/add/<str:what>", market.add, name="market_add"),
    path("song/market/<str:thing>/archive", market.archive, name="market_archive"),
    path("song/market/<str:thing>/bring-back", market.bring_back, name="market_bring_back"),
    path("song/narratives", narratives.all_narratives, name="narratives"),
    path("song/narratives/new", narratives.new, name="narrative_new"),
    path("song/narratives/<str:narrative>", narratives.narrative, name="narrative"),
    path("song/narratives/<str:narrative>/change", narratives.change, name="narrative_change"),
    path("song/narratives/<str:narrative>/archive", narratives.archive, name="narrative_archive"),
]
