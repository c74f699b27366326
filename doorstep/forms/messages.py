"""Every sentence a resident reads about an answer: imperative, no blame, never what was typed."""

from __future__ import annotations

from doorstep.forms.fields import Field

ANY = "*"

# (keyword, kind) → sentence; a keyword's "*" serves the kinds not named. {title} is the question.
MESSAGES: dict[tuple[str, str], str] = {
    ("required", ANY): "填写{title}",
    ("required", "resident-id"): "填写{title}，一共18位",
    ("required", "choice"): "请选一项：{title}",
    ("required", "choices"): "请至少选一项：{title}",
    ("required", "yes-no"): "请选“是”或“否”：{title}",
    ("required", "community"): "请选一项，找不到就选“不知道／不在名单里”：{title}",
    ("required", "consent"): "请打勾：{title}",
    ("required", "group"): "请添加{title}",
    ("required", "attachment"): "请上传{title}",
    ("required", "date"): "填写{title}：年、月、日都要填",
    ("required", "past-date"): "填写{title}：年、月、日都要填",
    ("type", ANY): "重新填写{title}，用文字和数字",
    ("type", "integer"): "{title}：填整数，比如2",
    ("type", "yes-no"): "请选“是”或“否”：{title}",
    ("type", "choice"): "请选一项：{title}",
    ("type", "choices"): "从列出的选项里选：{title}",
    ("type", "community"): "从名单里选一项：{title}",
    ("type", "attachment"): "请重新上传{title}",
    ("type", "group"): "重新填写{title}",
    ("type", "date"): "{title}：填年、月、日，比如2026年11月22日",
    ("type", "past-date"): "{title}：填年、月、日，比如2026年1月5日",
    ("type", "money"): "{title}：填数字，单位是元，比如1200",
    ("const", ANY): "请打勾：{title}",
    ("oneOf", ANY): "从列出的选项里选一项：{title}",
    ("oneOf", "choices"): "从列出的选项里选：{title}",
    ("minItems", ANY): "请至少选一项：{title}",
    ("minItems", "group"): "{title}：至少填{limit}位",
    ("minItems", "attachment"): "请上传{title}",
    ("maxItems", "attachment"): "{title}：最多交{limit}份，请去掉多出来的",
    ("maxItems", ANY): "{title}：最多填{limit}位，多出来的请到窗口办",
    ("minimum", ANY): "{title}：填{limit}或更大的数",
    ("maximum", ANY): "{title}：填{limit}或更小的数",
    ("minLength", ANY): "{title}：至少填{limit}个字",
    ("maxLength", ANY): "{title}：最多填{limit}个字，请写短一点",
    ("maxLength", "money"): "{title}：数字太长，请对照再填一遍",
    ("format", ANY): "重新填写{title}",
    ("minLength", "resident-id"): "身份证号一共18位，现在少了几位。请对照身份证数一数",
    ("maxLength", "resident-id"): "身份证号一共18位，现在多了几位。请对照身份证数一数",
    ("format", "resident-id"): "身份证号有一位对不上。请对照身份证一位一位再看一遍，最后一位可能是X",
    ("format", "attachment"): "请重新上传{title}",
    ("missing", "attachment"): "{title}：{limit}没传上来，请去掉，再上传一次",
    ("refused", "attachment"): "{title}：{limit}",
    ("x-max-pages", "attachment"): "{title}：一共最多{limit}页，请去掉多出来的",
    ("format", "phone"): "填写11位手机号，或者座机号，比如0990-6221234的样子",
    ("format", "person-name"): "{title}：只填文字，中间的点可以用“·”，不填数字和别的符号",
    ("format", "money"): "{title}：填数字，单位是元，比如1200或1200.50；三万写成30000",
    ("format", "date"): "{title}：填真实的日期，比如2026年11月22日",
    ("format", "past-date"): "{title}：填真实的日期，今天或今天以前的，比如2026年1月5日",
    ("format", "community"): "从名单里选一项，找不到就选“不知道／不在名单里”：{title}",
    ("format", "bank-card"): "填写银行卡号，12到19位数字。请对照银行卡再看一遍",
    ("format", "credit-code"): "填写18位统一社会信用代码。请对照执照再看一遍",
    ("unevaluatedProperties", ANY): "有的内容这张表里没有，请按表上的问题填写",
    ("false", ANY): "重新填写{title}",
}

# Formats whose length is part of the number: too short and too long are the same sentence as wrong.
_LENGTH_IS_FORMAT = {"phone", "bank-card", "credit-code", "date", "past-date", "community", "attachment"}
UNKNOWN_PROPERTIES = MESSAGES["unevaluatedProperties", ANY]


def message(keyword: str, field: Field, limit: object = None) -> str:
    """The sentence for a failed keyword; the schema's x-messages come first. `limit` is the keyword's value."""
    own = dict(field.messages).get(keyword)
    if own is not None:
        return own
    if keyword in {"minLength", "maxLength"} and field.kind in _LENGTH_IS_FORMAT:
        keyword = "format"
    template = MESSAGES.get((keyword, field.kind)) or MESSAGES.get((keyword, ANY)) or MESSAGES["false", ANY]
    return _sentence(template, field.title, limit)


def _sentence(template: str, title: str, limit: object) -> str:
    """A question keeps its mark where it stands by itself: at the end, or at the start instead of the colon."""
    if template.startswith("{title}：") and title.endswith(("？", "?")):
        template = template.replace("：", "", 1)
    elif not template.endswith("：{title}"):
        title = title.rstrip("？?")
    return template.format(title=title, limit=limit)
