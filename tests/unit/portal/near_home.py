"""Three resources as an editor writes them, and the small city around them."""

from __future__ import annotations

from pathlib import Path

from doorstep.portal.facts.catalog import Catalog, catalog_of
from doorstep.portal.facts.catalog_words import Vocabulary, read_vocabulary
from doorstep.portal.facts.place_pages import load_place_list
from doorstep.portal.facts.resources import Around, read_resources

ROOT = Path(__file__).resolve().parents[3]
STREET, COMMUNITY = "650203001", "650203001001"
DAY = "2026-11-22"


def written(name: str, *more: str, **facts: str) -> str:
    """The text of a resource; `facts` replace what it says, empty ones take it out; `more` are lines of its body."""
    said = {
        "id": name, "title": f"{name} 的名字", "summary": "说说它是什么。",
        "aliases": f"[{name} 一, {name} 二, {name} 三]", "category": "health", "kind": "service", "for": "[everyone]",
        "audience": "附近的人", "how_to_get": "直接去。", "fee": "免费", "provider": "社区", "status": "active",
        "checked_on": DAY, "owner": "portal-editors",
    } | facts  # fmt: skip
    head = "".join(f"{key}: {value}\n" for key, value in said.items() if value)
    return f"---\n{head}---\n" + "".join(f"{line}\n" for line in more)


THREE = {
    "talking-room": written(
        "talking-room", "", "听您说，不看病。", category="mental-health", places=f"['{COMMUNITY}']", schedule="周六上午"
    ),
    "blood-pressure": written("blood-pressure", **{"for": "[elderly, patients]"}),
    "story-hour": written("story-hour", category="culture", ages="{from: 6, to: 12}", **{"for": "[children]"}),
}


def put(root: Path, texts: dict[str, str]) -> Path:
    """Writes them below `root`/docs/resources, beside the schema and the vocabulary they are read with."""
    for file in ("schemas/content/resource.json", "docs/_data/catalog.yml", "docs/places/divisions.json"):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes((ROOT / file).read_bytes())
    (root / "docs/resources").mkdir(exist_ok=True)
    for name, text in texts.items():
        (root / f"docs/resources/{name}.md").write_text(text, encoding="utf-8")
    return root


def vocabulary_of(root: Path) -> Vocabulary:
    vocabulary, findings = read_vocabulary(root)
    assert vocabulary, findings
    return vocabulary


def around(root: Path) -> Around:
    places = load_place_list(root / "docs/places/divisions.json")
    return Around(vocabulary_of(root), places.codes, {"medical-assistance"}, {"/places/"})


def catalog(root: Path) -> Catalog:
    """The catalog of what is written below `root`, with which nothing is wrong."""
    resources, findings = read_resources(root, around(root))
    assert not findings
    return catalog_of(resources, vocabulary_of(root), load_place_list(root / "docs/places/divisions.json"))
