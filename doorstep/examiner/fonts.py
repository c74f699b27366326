"""Whether this machine can draw Chinese in a PDF that does not bring its own fonts, as many bills do not."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from doorstep.examiner.walls import FONTS

_CHINESE = re.compile(
    r"(cjk|notosanssc|notoserifsc|sourcehan|wqy|wenquanyi|uming|ukai|droidsansfallback|simsun|simhei|msyh|fangsong|kaiti"
    r"|hanazono|lxgw).*\.(ttf|ttc|otf|otc)",
    re.IGNORECASE,
)

ADVICE = (
    "no Chinese font is installed here: a PDF that brings none of its own would be shown with gaps. Install one, such "
    "as Debian's fonts-noto-cjk"
)


def draws_chinese(folders: Sequence[str] = FONTS) -> bool:
    """Whether a font known for Chinese lies in one of the folders that PDFium looks in, by its name alone."""
    return any(
        _CHINESE.search(name) for folder in folders for _place, _folders, names in os.walk(folder) for name in names
    )
