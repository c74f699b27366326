"""What each /api route takes and gives, for its description. A test holds that every route is described."""

from __future__ import annotations

from typing import Any

from chalicelib.operation import TEXT, Operation, members
from chalicelib.problems import KINDS
from chalicelib.search_operations import SEARCHES
from doorstep.applications.keys import EXAMPLE_KEY
from doorstep.applications.reading import DECIDED
from doorstep.applications.status import EVENTS, STATUSES
from doorstep.attachments.files import MISSING, MOST_BYTES, READY, REFUSED, WAITING
from doorstep.forms.attached import UNKNOWN

TOKEN = {"type": "string", "pattern": "^[A-Za-z0-9_-]{21}[AQgw]$"}
KEY = TOKEN | {
    "description": "128 bits from a cryptographic random source in base64url, new for every application; `check` "
    "mints one. Reference and access code follow from it: keep it as secret as the code. "
    "The example's key is refused."
}
EVENT_ID = TOKEN | {
    "description": "128 random bits in base64url, new for every step. Send the same with a retry: without one, a "
    "retry of a step that had succeeded is answered 409."
}
VERSION = {
    "type": "string",
    "pattern": "^[0-9a-f]{64}$",
    "description": "A version of the form (its schema's hash); left out, the current one.",
}
MOMENT = {"type": "string", "format": "date-time"}
ANSWERS = {"type": "object", "description": "As the form's schema says; numbers and dates may be typed as people do."}
PROBLEM = members(
    ("type", "title", "status", "detail"),
    type={"enum": [f"urn:doorstep:problem:{kind}" for kind in KINDS], "description": "Which problem it is."},
    title={"type": "string", "description": "Chinese, for people."},
    status={"type": "integer"},
    detail={"type": "string", "description": "Chinese: whether anything was stored, and what to do."},
    errors={
        "type": "array",
        "items": members(("pointer", "keyword", "message"), pointer=TEXT, keyword=TEXT, message=TEXT),
    },
)
FORM_LINE = members(("id", "title", "version", "service"), id=TEXT, title=TEXT, version=VERSION, service=TEXT)
EVENT_LINE = members(("at", "type", "line"), at=MOMENT, type={"enum": list(EVENTS)}, line=TEXT)
WORDS = {"type": "array", "items": members(("title", "text"), title=TEXT, text=TEXT)}
HELD_BY = members(("office", "stage"), office=TEXT, stage=TEXT) | {
    "type": ["object", "null"],
    "description": "Which office has it, and what they are doing (empty where the guide has no stages).",
}
PAPER = members(("material", "title", "reason", "what_to_do"), material=TEXT, title=TEXT, reason=TEXT, what_to_do=TEXT)
NOTICE = members(
    ("at", "office", "fields", "papers", "justification"),
    at=MOMENT,
    office=TEXT,
    fields={
        "type": "array",
        "items": members(("pointer", "title", "reason"), pointer=TEXT, title=TEXT, reason=TEXT),
        "description": "JSON Pointers into the answers: what a correction may change.",
    },
    papers={"type": "array", "items": PAPER},
    justification=TEXT,
) | {"type": ["object", "null"], "description": "What the office asks to have corrected or brought; null for nothing."}
EXTENSION = members(
    ("at", "office", "limit", "days", "basis", "reason"),
    at=MOMENT, office=TEXT, limit=TEXT, days={"type": "integer"}, basis=TEXT, reason=TEXT,
)  # fmt: skip
DECISION = members(
    ("kind", "at", "office", "paragraphs", "objection"),
    kind={"enum": sorted(DECIDED)}, at=MOMENT, office=TEXT, paragraphs=WORDS, objection=WORDS,
) | {
    "type": ["object", "null"],
    "description": "What the office decided, why, and how one objects; null while it is open.",
}  # fmt: skip
AFTER_APPROVAL = members(
    ("form", "form_version", "title", "may_send", "supplied_at", "answers"),
    form=TEXT, form_version=VERSION, title=TEXT, may_send={"type": "boolean"},
    supplied_at={"type": ["string", "null"], "format": "date-time"},
    answers={"type": ["object", "null"], "description": "What came last; of a card's number the last four digits."},
) | {
    "type": ["object", "null"],
    "description": "What is asked only once it is approved (an account for the money); null where nothing is.",
}  # fmt: skip
APPLICATION = members(
    ("reference", "status", "events", "receipt"),
    reference=TEXT, form=TEXT, form_version=VERSION, service=TEXT, received_at=MOMENT, revision={"type": "integer"},
    status={"enum": list(STATUSES)}, status_title=TEXT, status_meaning=TEXT, what_to_do=TEXT, receipt=TEXT,
    respond_by={
        "type": ["string", "null"],
        "format": "date",
        "description": "The last day (in Beijing) by which it must be answered; null where no law nor office says one.",
    },
    respond_by_words={
        "type": "string",
        "description": "Chinese: that day, where it comes from, whether it is an estimate. Empty once it is closed.",
    },
    events={"type": "array", "items": EVENT_LINE},
    held_by=HELD_BY, asked_for=NOTICE, decision=DECISION, after_approval=AFTER_APPROVAL,
    to_bring={
        "type": "array",
        "items": PAPER,
        "description": "Papers still to be brought to the office, also once the answers are corrected.",
    },
    extensions={
        "type": "array",
        "items": EXTENSION,
        "description": "Each time the office extended a limit: to how many days in all, and why.",
    },
)  # fmt: skip
OWN_APPLICATION = members(
    ("reference", "status", "events", "receipt", "answers", "commitment_key", "current_answers"),
    **APPLICATION["properties"],
    answers={"$ref": "#/components/schemas/answers"},
    current_answers={"$ref": "#/components/schemas/answers"},
    commitment_key={
        "type": "string",
        "description": "With it and the answers, the holder of the receipt proves what was sent: HMAC-SHA-256 under "
        "this key (base64url) over `answers` as canonical JSON is the receipt's commitment.",
    },
)
SUBMITTED = members(
    ("reference", "access_code", "received_at", "receipt"),
    reference=TEXT,
    access_code={"type": ["string", "null"], "description": "Null once 30 minutes have passed."},
    received_at=MOMENT,
    receipt={"type": "string", "description": "A JWS; /api/keys verifies it."},
)
DIGEST = {
    "type": "string",
    "pattern": "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$",
    "description": "SHA-256 of the file's bytes in base64url: what the answer to an attachment question lists.",
}
EXAMPLE_DIGEST = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
SIZE = {"type": "integer", "minimum": 0, "description": f"Bytes; at most {MOST_BYTES} are taken."}
FILE = {"type": "string", "format": "binary", "description": "JPEG, PNG, HEIC or PDF."}
STANDS: dict[str, Any] = {
    "status": {
        "enum": [MISSING, WAITING, READY, REFUSED, UNKNOWN],
        "description": "`waiting` for the examiner is enough to submit; `unknown`: the application has it since long.",
    },
    "pages": {"type": "integer", "description": "Pages of one that is ready."},
    "said": {"type": "string", "description": "Chinese: how it stands, and of one refused, why."},
}
UPLOAD = members(("url", "fields"), url=TEXT, fields={"type": "object", "additionalProperties": {"type": "string"}}) | {
    "type": ["object", "null"],
    "description": "Where to post it as multipart/form-data: these fields, then the content as `file`. Null: it need "
    "not be sent. An address elsewhere answers in its own words; ask here what has become of it.",
}
JWK = {"type": "object", "required": ["kty", "crv", "x", "kid"]}


DESCRIBED: dict[tuple[str, str], Operation] = {
    ("GET", "/api/health"): Operation(
        "health",
        "Whether storing would work now; `files` is down where no photo or PDF would be taken, and all else would be.",
        members(("status", "files"), status={"const": "ok"}, files={"enum": ["ok", "down"]}),
        fails=(503,),
    ),
    ("GET", "/api/forms"): Operation(
        "listForms", "The forms one can submit.", members(("forms",), forms={"type": "array", "items": FORM_LINE})
    ),
    ("GET", "/api/forms/{form}"): Operation(
        "showForm", "A form's JSON Schema.", {"type": "object"}, media_type="application/schema+json"
    ),
    ("POST", "/api/forms/{form}/check"): Operation(
        "checkAnswers",
        "Check answers; stores nothing. Gives the answers as understood and the draft's submission key.",
        members(("answers", "submission_key"), answers={"$ref": "#/components/schemas/answers"}, submission_key=KEY),
        fails=(410, 422),
        takes=members(("answers",), answers=ANSWERS, submission_key=KEY, form_version=VERSION),
        example=lambda form: {"answers": form.example},
    ),
    ("POST", "/api/forms/{form}/applications"): Operation(
        "submitApplication",
        "Store an application once. The same key and answers give the same receipt again.",
        SUBMITTED,
        succeeds={201: "Stored", 200: "It had been stored before: the same receipt"},
        fails=(410, 422),
        takes=members(("answers", "submission_key"), answers=ANSWERS, submission_key=KEY, form_version=VERSION),
        example=lambda form: {"answers": form.example, "submission_key": EXAMPLE_KEY},
    ),
    ("GET", "/api/applications/{reference}"): Operation(
        "followApplication", "Where an application stands, and what was sent.", OWN_APPLICATION
    ),
    ("POST", "/api/applications/{reference}/correction"): Operation(
        "correctApplication",
        "Answer what `asked_for` lists; everything else stands. What is left out stays, null takes an answer away; "
        "an item of a group is found by its place. A retry carries the same event_id.",
        APPLICATION,
        fails=(422,),
        takes=members(("answers",), answers=ANSWERS, event_id=EVENT_ID),
        example=lambda _form: {"answers": {}},
    ),
    ("POST", "/api/applications/{reference}/withdrawal"): Operation(
        "withdrawApplication",
        "Withdraw an open application. A retry carries the same event_id.",
        APPLICATION,
        fails=(422,),
        takes=members(("reason",), reason={"type": "string", "maxLength": 500}, event_id=EVENT_ID),
        example=lambda _form: {"reason": "不需要了"},
    ),
    ("POST", "/api/applications/{reference}/supplied"): Operation(
        "supplyApplication",
        "Send what is asked only once the application is approved (`after_approval`); its form is described as "
        "`after.` and its id. Sent again, the newest counts. A retry carries the same event_id.",
        APPLICATION,
        fails=(410, 422),
        takes=members(("answers",), answers=ANSWERS, form_version=VERSION, event_id=EVENT_ID),
        example=lambda _form: {"answers": {}},
    ),
    ("POST", "/api/forms/{form}/files"): Operation(
        "askForFile",
        "How a file of a draft stands, and where to send it while it is missing. Mints the draft's key where there is "
        "none. Safe to repeat: it is also how one asks what has become of a file.",
        members(("submission_key", *STANDS, "upload"), submission_key=KEY, **STANDS, upload=UPLOAD),
        fails=(422, 429, 503),
        takes=members(("digest", "size"), submission_key=KEY, digest=DIGEST, size=SIZE),
        example=lambda _form: {"digest": EXAMPLE_DIGEST, "size": 48213},
    ),
    ("POST", "/api/applications/{reference}/files"): Operation(
        "askForFileOfApplication",
        "The same for an application that waits for a correction.",
        members((*STANDS, "upload"), **STANDS, upload=UPLOAD),
        fails=(409, 422),
        takes=members(("digest", "size"), digest=DIGEST, size=SIZE),
        example=lambda _form: {"digest": EXAMPLE_DIGEST, "size": 48213},
    ),
    ("POST", "/api/files"): Operation(
        "sendFile",
        "Send a file where its `upload` says so: the fields as they stand there, then `file`. Files' names are "
        "thrown away.",
        members(tuple(STANDS), **STANDS),
        fails=(403, 404, 408, 422, 429),
        takes=members(("digest", "file"), submission_key=KEY, reference=TEXT, code=TEXT, digest=DIGEST, file=FILE),
        takes_type="multipart/form-data",
    ),
    ("GET", "/api/keys"): Operation(
        "showKeys",
        "The public keys that verify receipts (a JWK Set).",
        members(("keys",), keys={"type": "array", "items": JWK}),
        media_type="application/jwk-set+json",
    ),
    **SEARCHES,
    ("GET", "/api/openapi.json"): Operation("showDescription", "This description.", {"type": "object"}),
}
