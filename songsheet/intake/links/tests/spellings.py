# ruff: noqa: E501
"""Addresses that a link must never lead to, in more than two hundred spellings; and honest ones."""

_BLANKS = [chr(code) for code in (*range(0x21), 0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x200E, 0x2028, 0x2029, 0x202E,
                                  0x2060, 0xFEFF, 0xFFFD)]  # fmt: skip
_SCHEMES = (
    "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "javascript&colon;alert(1)", "javascript%3Aalert(1)", "javascript://example.com/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)",
    "file:///etc/passwd", "file://example.com/etc/passwd", "ftp://example.com/", "ws://example.com/",
    "wss://example.com/", "gopher://example.com:25/", "mailto:a@example.com", "tel:+441174960142", "sms:+44",
    "blob:https://example.com/x", "filesystem:https://example.com/x", "about:blank", "chrome://settings",
    "view-source:https://example.com", "intent://example.com#Intent;end", "steam://run/1", "ms-word:ofe|u|x",
    "http+unix://example.com/", "https+x://example.com/", "httpx://example.com/", "jar:https://example.com!/x",
    "feed:https://example.com/", "ldap://example.com/", "dict://example.com:11211/", "tftp://example.com/x",
)  # fmt: skip
_SHAPES = (
    "", " ", "/", "//example.com", "///example.com", "////example.com", "/\\example.com", "\\\\example.com",
    "example.com", "www.example.com/page", "example.com:443/", "http", "http:", "http:/", "http://", "https:",
    "https:example.com", "https:/example.com", "https:///example.com", "https:////example.com", "https://?x",
    "https://#x", "https://:443/", "https://@/", "https:\\\\example.com", "https:/\\example.com",
    "https://\\example.com", "https://example.com\\@evil.example", "https://example.com\\.evil.example",
    "http:example.com", "http;//example.com", "http//example.com", "://example.com", "?https://example.com",
    "#https://example.com", "@https://example.com", "h ttps://example.com", "ｈttps://example.com",
    "https：//example.com", "https:／／example.com", "https:∕∕example.com", "%68ttps://example.com",
    "https%3A%2F%2Fexample.com", "https://" + "a" * 1_990 + ".com/", "https://" + ("a" * 63 + ".") * 5 + "com",
    "https://example.com/" + "a" * 2_000, "https://example.com/" + "ü" * 700,
)  # fmt: skip
_USERS = (
    "https://user@example.com/", "https://user:word@example.com/", "https://example.com@evil.example/",
    "https://example.com:443@evil.example/", "https://@example.com/", "https://:@example.com/",
    "https://example.com%40evil.example@x.example/", "https://a@b@c.example/", "https://evil.example&@x.example/",
    "http://127.0.0.1@example.com/", "https://[::1]@example.com/",
)  # fmt: skip
_HOSTS = (
    "localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local", "db.internal", "intranet",
    "metadata", "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "127.000.000.001", "0127.0.0.1", "0177.0.0.1",
    "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "00000000177.0.0.1", "0", "0.0.0.0", "0x0",  # noqa: S104
   
    "10.0.0.1", "10.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1",
    "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "169.254.169.254", "169.254.1.1", "2852039166",
    "0xa9fea9fe", "0251.0376.0251.0376", "100.64.0.1", "100.127.255.255", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "256.256.256.256", "1.2.3", "1.2.3.4.5", "[::]", "[::1]",
    "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]",
    "[::ffff:a9fe:a9fe]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd12:3456::1]", "[fec0::1]",
    "[ff02::1]", "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[2002:7f00:1::]", "[2002:a00:1::]", "[2001:db8::1]",
    "[::1", "::1]", "::1", "[]", "[v1.x]", "example.com%00", "example.com%2f.evil.example", "example%2ecom",
    "%31%32%37.0.0.1", "exam%70le.com", "example..com", ".example.com", "-.com", "example.com..",
    "exa mple.com", "exa\tmple.com", "example.com\x00.evil.example", "①②⑦.⓪.⓪.①", "127。0。0。1", "example。com",
    "ⓔxample.com", "еxample.com", "exаmple.com", "ｅxample.com", "münchen.example", "☃.example", "exa\u00admple.com",
    "exa\u200bmple.com", "example.com\u2025", "example.com\uff0f.evil.example", "example.com\u2044evil.example",
    "example.com:0", "example.com:", "example.com:70000", "example.com:-1", "example.com:80:80", "example.com:8x",
    "example.com:٣", "example,com", "example!com", "exa<mple.com", "exa>mple.com", 'exa"mple.com', "exa'mple.com",
    "exa|mple.com", "exa^mple.com", "exa`mple.com", "exa{mple}.com", "exa*mple.com", "exa;mple.com", "*",
    "exa&mple.com", "(example.com)", "$host.com",
)  # fmt: skip

HOSTILE = [
    *_SCHEMES,
    *_SHAPES,
    *_USERS,
    *(f"https://{host}/" for host in _HOSTS),
    *(f"https://exa{blank}mple.com/" for blank in _BLANKS),
    *(f"https://example.com/a{blank}b" for blank in _BLANKS),
    *(f"https://example.com/?x={blank}y" for blank in _BLANKS),
    "https://example.com/\r\nSet-Cookie:x=1", "https://example.com/\r\nLocation: https://evil.example",
    "https://example.com/a\\..\\b",
]  # fmt: skip

#: As it is typed → as it is kept.
HONEST = {
    "https://www.example.com": "https://www.example.com/",
    " https://www.example.com/page ": "https://www.example.com/page",
    "HTTPS://WWW.Example.COM/Page": "https://www.example.com/Page",
    "http://example.com:8080/a?b=c&d=e#f": "http://example.com:8080/a?b=c&d=e#f",
    "https://example.com/Größe?q=München#ä": "https://example.com/Gr%C3%B6%C3%9Fe?q=M%C3%BCnchen#%C3%A4",
    "https://example.com/a%20b?next=https%3A%2F%2Fx.example": "https://example.com/a%20b?next=https%3A%2F%2Fx.example",
    "https://xn--mnchen-3ya.example/": "https://xn--mnchen-3ya.example/",
    "https://example.com/?utm_source=Own&gclid=AbC": "https://example.com/?utm_source=Own&gclid=AbC",
    "https://8.8.8.8/": "https://8.8.8.8/",
    'https://example.com/?q="<script>"': "https://example.com/?q=%22%3Cscript%3E%22",
}
