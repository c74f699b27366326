"""What never stands on a page before an office has confirmed it, or says that a page is not finished."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: However it is typed: all these become “-” before a number is looked for.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d.·"), "-")
_DIAL = "打拨电话号线系询机"
_NUMBERS = (
    r"1[ -]{0,2}[3-9](?:[ -]{0,2}[0-9]){9}",  # a mobile phone
    r"\(?0[0-9]{2,3}\)?[ -]{0,2}[0-9](?:[ -]?[0-9]){6,7}",  # with the code of a city
    r"[48]00[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}",
    r"\+[0-9][0-9 -]{5,}[0-9]",  # with the code of a country
    r"[0-9](?:[ -]?[0-9]){15,18}",  # a bank card
    rf"(?<=[{_DIAL}])[{_DIAL}码是为:“”\" (]{{0,8}}[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}",  # one of this city
    r"[2-9][0-9]{2}[ -][0-9]{4}",
)
_NUMBER = re.compile(rf"(?<![0-9])(?:{'|'.join(_NUMBERS)})(?![0-9])")
_SPELLED = re.compile("[〇零一二三四五六七八九幺]{7,}")
_ACCOUNT = re.compile(r"(?:微信|[Qq]{2}|扣扣)号?[:：是为 ]{0,3}[A-Za-z0-9][A-Za-z0-9_-]{4,}")
_TARGETS = re.compile(r"\]\([^)]*\)|^\[[^\]]*\]:.*")
"""Where links lead, which has a check of its own."""
_ADDRESS = re.compile(
    r"https?:|www\.|(?<![A-Za-z0-9_.@])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|info|top|xyz|cc|vip|shop|site)(?![A-Za-z0-9_-])",
    re.IGNORECASE,
)
_BLANK = re.compile(r"待填|待补充|待完善|某某|[xX]{2,}")


def unconfirmed_in(text: str) -> Iterator[tuple[str, str, str]]:
    """(what, remedy, rule) of a telephone number, an account, an address or a blank in this line or value."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    if _NUMBER.search(plain) or _SPELLED.search(plain) or _ACCOUNT.search(plain):
        yield "电话", "只写12345这样的公用短号码", "number-unconfirmed"
    if _ADDRESS.search(_TARGETS.sub("]", unicodedata.normalize("NFKC", text))):
        yield "网址", "去掉；本站的页面写成 [名字](/地址/)，别处的写名字", "web-address"
    if _BLANK.search(text):
        yield "没写完的地方", "不知道的就不写，问清楚再补", "unfinished"
