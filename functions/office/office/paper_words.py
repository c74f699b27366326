"""How a resident's files stand, in the office's words: residents read VERDICTS, staff read why they cannot look."""

from __future__ import annotations

from doorstep.attachments.files import MISSING, REFUSED, WAITING

REFUSED_TITLE = "这一份现在看不了"

NEW, GONE = "新加的", "居民已去掉"
"""What a correction did with a file."""

UNKNOWN = "现在查不了，过几分钟再打开这份申请"
"""Of every file, while the place where files rest does not answer."""

WHY = {
    "empty": "文件是空的",
    "foreign": "不是照片，也不是PDF",
    "unreadable": "文件打不开，可能坏了",
    "locked": "PDF有密码，打不开",
    "too-large": "照片太大",
    "too-many-pages": "PDF页数太多",
    "altered": "传的时候坏了",
    "unsafe": "可能有病毒",
}
"""By the codes of `attachments.verdicts.VERDICTS`."""

_STANDING = {
    WAITING: "正在检查，检查完才能看。过几分钟再打开这份申请",
    MISSING: "这里没有这一份，请告诉系统管理员",
}


def not_ready(status: str, why: str) -> str:
    """Why a file that is not ready cannot be looked at, and what to do."""
    if status == REFUSED:
        reason = WHY.get(why, "没有通过检查")
        return f"没有收下（{reason}）。要的话，请居民重新交，或者看原件"
    return _STANDING.get(status, _STANDING[MISSING])
