"""Whose host it is, what its click ids and media mean: the lists that `whence` reads. Literal tables.

A host counts with everything below it; a brand counts under every country's ending (`google.de`,
`www.google.co.uk`). When a new one shows up among referring sites, it is added here.
"""

import re
from typing import Final, TypeVar

T = TypeVar("T")
SEARCH, SOCIAL, ASSISTANT, MAIL, ADVERTISEMENT = "search", "social", "assistant", "mail", "advertisement"


def _each(names: str, meaning: T) -> dict[str, T]:
    return dict.fromkeys(names.split(), meaning)


_HOSTS: Final = {
    SEARCH: """
        360.cn aolsearch.com ask.com search.aol.com baidu.com bing.com search.brave.com coccoc.com daum.net
        dogpile.com duckduckgo.com ecosia.org search.goo.ne.jp kagi.com lilo.org marginalia.nu metager.de
        metager.org mojeek.com msn.com naver.com presearch.com presearch.org qwant.com rambler.ru search.ch
        searx.be seznam.cz sm.cn so.com sogou.com startpage.com swisscows.com t-online.de webcrawler.com
        ya.ru yep.com you.com search.mail.ru search.lycos.com search.xyz stract.com gibiru.com exalead.com
        com.google.android.googlequicksearchbox
    """,
    SOCIAL: """
        behance.net blogger.com bsky.app bsky.social deviantart.com discord.com discord.gg disqus.com
        douban.com douyin.com dribbble.com facebook.com fb.com fb.me flickr.com foursquare.com github.com
        goodreads.com news.ycombinator.com instagram.com l.instagram.com kakao.com kununu.com line.me
        linkedin.com lnkd.in livejournal.com lobste.rs mastodon.online mastodon.social medium.com meetup.com
        messenger.com mix.com nextdoor.com ok.ru patreon.com pin.it pinterest.com producthunt.com quora.com
        reddit.com redd.it slack.com slideshare.net snapchat.com substack.com t.co t.me telegram.org
        threads.com threads.net tiktok.com trello.com tumblr.com tweetdeck.com twitch.tv twitter.com
        vimeo.com viadeo.com vk.com wa.me web.skype.com weibo.com whatsapp.com x.com xiaohongshu.com xing.com
        youtu.be youtube.com youtube-nocookie.com zhihu.com com.linkedin.android com.facebook.katana
        org.telegram.messenger com.reddit.frontpage
    """,
    ASSISTANT: """
        bard.google.com chat.com chat.deepseek.com chat.mistral.ai chat.qwen.ai chatgpt.com claude.ai
        copilot.cloud.microsoft copilot.microsoft.com deepseek.com doubao.com edgeservices.bing.com
        gemini.google.com grok.com kimi.com meta.ai mistral.ai notebooklm.google.com openai.com perplexity.ai
        phind.com pi.ai poe.com
    """,
    MAIL: """
        deref-gmx.net deref-mail.com deref-web.de com.google.android.gm hey.com mail.google.com
        mail.proton.me mail.ru mail.163.com mail.qq.com mail.zoho.com mail.aol.com outlook.com
        outlook.live.com outlook.office.com outlook.office365.com superhuman.com webmail.freenet.de
        com.microsoft.office.outlook list-manage.com campaign-archive.com
    """,
    ADVERTISEMENT: """
        2mdn.net adform.net adnxs.com adsrvr.org ads.google.com adservice.google.com criteo.com
        doubleclick.net googleads.g.doubleclick.net googlesyndication.com media.net outbrain.com
        quantserve.com rubiconproject.com taboola.com tpc.googlesyndication.com
    """,
}
#: The most particular ending decides: gemini.google.com before google.com.
KIND_OF_HOST: Final[dict[str, str]] = {host: kind for kind, each in _HOSTS.items() for host in each.split()}
#: First label → kind, under every country's ending; what is below one of them (mail.yahoo) is asked first.
KIND_OF_BRAND: Final[dict[str, str]] = {
    "google": SEARCH, "yahoo": SEARCH, "yandex": SEARCH, "bing": SEARCH, "qwant": SEARCH, "ecosia": SEARCH,
    "pinterest": SOCIAL, "facebook": SOCIAL, "linkedin": SOCIAL, "instagram": SOCIAL,
}  # fmt: skip
BRAND: Final = re.compile(
    r"(?:.+?\.)??(?P<brand>[a-z]+)\.(?:com|net|org|[a-z]{2}|com?\.[a-z]{2}|(?:net|org)\.[a-z]{2})"
)
WEBMAIL: Final = re.compile(r"(?:mail|email|webmail)\..+|.+\.mail\.(?:yahoo|yandex)\.[a-z.]+")

#: How a campaign mark spells a place, beside its host or brand.
KIND_OF_NAME: Final[dict[str, str]] = {
    **_each("baidu duckduckgo google-ads googleads adwords microsoft-ads bingads naver", SEARCH),
    **_each("fb ig meta twitter x tiktok reddit youtube xing snapchat threads bluesky", SOCIAL),
    **_each("chatgpt openai perplexity claude gemini copilot", ASSISTANT),
    **_each("mail email e-mail newsletter mailchimp hubspot klaviyo brevo marketo", MAIL),
    **_each("criteo taboola outbrain doubleclick dv360 adroll", ADVERTISEMENT),
}

#: Click id → (kind, paid for). Facebook marks every link with its own, paid or not.
CLICK_IDS: Final[dict[str, tuple[str, bool]]] = {
    **_each("gclid gbraid wbraid msclkid yclid qhclickid bd_vid", (SEARCH, True)),
    **_each("ttclid twclid li_fat_id rdt_cid sccid", (SOCIAL, True)),
    **_each("dclid cto_pld tblci obclid dicbo", (ADVERTISEMENT, True)),
    **_each("fbclid igshid igsh epik", (SOCIAL, False)),
    **_each("srsltid", (SEARCH, False)),
    **_each("mc_eid mc_cid _hsenc mkt_tok _kx ml_subscriber", (MAIL, False)),
}

#: How a campaign mark spells a medium, without case, blanks, dots and dashes.
PAID: Final = frozenset(
    _each(
        "cpc ppc paid sem paidsearch searchads cpm cpv cpa cpl cpp paidsocial socialads retargeting "
        "remarketing",
        True,
    )
)
#: Medium → what it comes to by itself: a source of `whence`, and the medium as it is called here.
MEDIA: Final[dict[str, tuple[str, str]]] = {
    **_each("paidsearch searchads sem", ("Paid search", "cpc")),
    **_each("paidsocial socialads", ("Paid social", "paid social")),
    **_each(
        "display banner cpm native interstitial programmatic expandable retargeting remarketing",
        ("Advertising", "display"),
    ),
    **_each("email mail newsletter emailing mailing emails", ("Mail", "email")),
    **_each("social socialnetwork socialmedia sm organicsocial", ("Social media", "social")),
    **_each("organic organicsearch seo", ("Organic search", "organic")),
    **_each("affiliate affiliates partner partners reseller", ("Partners", "affiliate")),
    **_each("referral link app", ("Other websites", "referral")),
    **_each("video videoads podcast audio", ("Advertising", "video")),
    **_each("qr qrcode print flyer offline postcard directmail post", ("Print", "print")),
    **_each("event events fair tradeshow webinar webinars", ("Events", "event")),
    **_each("sms text push whatsapp", ("Messages", "message")),
}
