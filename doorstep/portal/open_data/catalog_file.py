"""The datasets as other catalogs gather them: DCAT, as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from doorstep.portal.open_data.datasets import FOLDER, Dataset, as_json, known, newest

PATH = f"{FOLDER}/catalog.json"
#: Names, which nobody fetches.
VOCABULARIES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:license": {"@type": "@id"},
    "dcat:downloadURL": {"@type": "@id"},
    "dcat:landingPage": {"@type": "@id"},
    "dct:modified": {"@type": "xsd:date"},
}
LANGUAGE = "zh"


def catalog_file(title: str, datasets: Iterable[Dataset], origin: str) -> bytes:
    """Who publishes it is absent: nobody has said so. Without `origin` addresses are relative to this file's."""
    sets = list(datasets)
    page = f"{origin}/{FOLDER}/"
    return as_json({
        "@context": VOCABULARIES,
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:language": LANGUAGE,
        "dct:modified": newest(one.updated_on for one in sets),
        "dcat:dataset": [_dataset(one, page, origin) for one in sets],
    })  # fmt: skip


def _dataset(one: Dataset, page: str, origin: str) -> dict[str, Any]:
    return known({
        "@id": f"{page}#{one.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.id,
        "dct:title": one.title,
        "dct:description": one.text,
        "dct:modified": one.updated_on,
        "dct:provenance": one.source,
        "dcat:landingPage": f"{page}#{one.id}",
        "dcat:distribution": [
            known({
                "@type": "dcat:Distribution",
                "dct:title": file.title,
                "dcat:mediaType": file.media_type,
                "dcat:byteSize": len(file.content),
                "dcat:downloadURL": f"{origin}{file.address}",
                "dct:license": one.licence.address if one.licence and one.licence.decided else None,
            })
            for file in one.files
        ],
    })  # fmt: skip
