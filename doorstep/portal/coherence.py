"""What no file can be blamed for alone: every check that looks across content, in one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from doorstep.forms.rules import UNPUBLISHED
from doorstep.forms.vocabulary import check_forms
from doorstep.portal.checks.across import (
    WORDED,
    check_aliases,
    check_forms_known,
    check_themes,
    check_unconfirmed,
    check_words,
)
from doorstep.portal.checks.after_checks import check_asked_after
from doorstep.portal.checks.file_checks import check_hidden
from doorstep.portal.checks.form_checks import check_guides_forms
from doorstep.portal.checks.formula_checks import check_formulas
from doorstep.portal.checks.gate_checks import check_gates
from doorstep.portal.checks.lasting import check_lasting
from doorstep.portal.checks.law_checks import check_laws
from doorstep.portal.checks.page_checks import check_encoding, check_pages
from doorstep.portal.checks.paper_checks import check_papers
from doorstep.portal.checks.retired_links import check_retired_links
from doorstep.portal.checks.reviews import check_reviews
from doorstep.portal.checks.sources import check_sources
from doorstep.portal.checks.typography import check_typography
from doorstep.portal.content import Content
from doorstep.portal.facts.catalog import catalog_of
from doorstep.portal.facts.front_page import check_front
from doorstep.portal.facts.hardship import hardship_of
from doorstep.portal.facts.offices import check_offices
from doorstep.portal.facts.place_facts import phones
from doorstep.portal.facts.remedies import check_remedies
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.json_lines import with_lines


def all_findings(content: Content, today: date | None) -> list[Finding]:
    """Everything wrong with the content, each with its line. Without `today` no page is due to be looked over."""
    found = [*content.findings, *_guides_and_forms(content), *_texts(content, today)]
    return sorted(set(with_lines(content.root, _published_last(found, content))))


def _guides_and_forms(content: Content) -> Iterator[Finding]:
    root, data, guides = content.root, content.data, content.guides
    every = [*guides, *content.spoiled]
    yield from (replace(found, file=f"schemas/{found.file}") for found in check_forms(root / "schemas"))
    yield from check_forms_known(guides, content.forms, content.unread)
    yield from check_papers(root, guides)
    yield from check_gates(root, guides)
    yield from check_guides_forms(root, data.offices, guides)
    if data.laws is not None:
        yield from check_laws(root, data.laws)
    yield from check_themes([theme["title"] for theme in data.themes], every)
    yield from check_asked_after(guides, content.after, content.unread)
    yield from check_remedies(every, data.remedies)
    yield from check_aliases(guides)
    if data.offices:
        yield from check_offices(data.offices, every)
        yield from check_lasting(root, data.offices, guides, content.unread)


def _texts(content: Content, today: date | None) -> Iterator[Finding]:
    root = content.root
    yield from check_sources(root)
    yield from check_front(root, content.known_guides)
    yield from (found for page in content.pages for found in page.findings)
    yield from check_retired_links(((page.source, page.text) for page in content.pages), content.guides)
    heads = ((page.source, page.facts) for page in content.pages if page.facts)
    yield from check_reviews(heads, content.settings.review_after, today)
    yield from check_typography(root)
    yield from check_hidden(root)
    yield from check_formulas(root)
    yield from check_encoding(root, WORDED)
    yield from check_words(root, content.data.words)
    yield from check_unconfirmed(root)
    lists = (
        [] if content.vocabulary is None else catalog_of(content.resources, content.vocabulary, content.places).pages
    )
    made = [*lists, *content.places.pages, *hardship_of(content.door, content.guides).pages]
    numbers = {one["number"] for one in content.data.hotlines} | phones(content.place_facts, content.centres)
    yield from check_pages(root, content.pages, content.forms, [source for source, _, _ in made], numbers)


def _published_last(findings: list[Finding], content: Content) -> list[Finding]:
    """Without the call to publish a form of which, or of whose guide, something else is still to be mended."""
    spoiled = {found.file for found in findings if found.rule != UNPUBLISHED}
    waiting = {
        f"schemas/forms/{form}.json"
        for form, service in content.forms.items()
        if spoiled & {f"schemas/forms/{form}.json", f"docs/services/{service}.md"}
    }
    return [found for found in findings if found.rule != UNPUBLISHED or found.file not in waiting]
