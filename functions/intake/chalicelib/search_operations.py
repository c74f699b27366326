"""What the routes of the search take and give."""

from __future__ import annotations

from chalicelib.operation import TEXT, Operation, members
from chalicelib.search_api import MOST, USUAL
from doorstep.search.unfound import KEPT_DAYS
from doorstep.search.words import LONGEST

LINK = members(("title", "url"), title=TEXT, url=TEXT) | {"type": ["object", "null"]}
RESULT = members(
    ("kind", "title", "url", "summary", "next", "question"),
    kind={"enum": ["guide", "resource", "place", "hotline", "page"]},
    title=TEXT,
    url={"type": "string", "description": "Of this site, or of a hotline a tel: address."},
    summary=TEXT,
    next=LINK | {"description": "The next step, such as the form of a guide; null where there is none."},
    question=LINK | {"description": "A frequent question of that page which fits well; null where none does."},
)

SEARCHES = {
    ("GET", "/api/search"): Operation(
        "search",
        "Find pages by what people say: guides, resources, counters, hotlines; best first, each page once. "
        "What was asked is kept nowhere.",
        members(("results",), results={"type": "array", "items": RESULT}),
        fails=(422,),
        asks={
            "q": {
                "type": "string",
                "minLength": 1,
                "description": f"What is looked for: 1 to {LONGEST} characters besides spaces and punctuation.",
            },
            "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        },
    ),
    ("POST", "/api/search/unfound"): Operation(
        "sendUnfound",
        "Tell the editors words that found nothing. The words are kept alone, without spaces and punctuation, with the "
        f"day and how often they came, for {KEPT_DAYS} days.",
        {},
        succeeds={204: "Kept"},
        fails=(422, 429, 503),
        takes=members(
            ("words",),
            words={
                "type": "string",
                "description": f"1 to {LONGEST} characters besides spaces and punctuation, no five digits in a row "
                "and no eight in all, however they are written, no @ and no control character.",
            },
        ),
        example=lambda _form: {"words": "修鞋"},
    ),
}
