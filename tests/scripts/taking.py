"""Taking photos and choosing files, as a thumb does."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page


def take(page: Page, *files: FilePayload, by: str = "拍照|再拍一页") -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile(f"^({by})$")).click()
    chooser.value.set_files(list(files))


def choose(page: Page, *files: FilePayload) -> None:
    take(page, *files, by="从手机里选")


def bills(page: Page) -> list[str]:
    return list(page.evaluate("new FormData(document.querySelector('#application-form')).getAll('bills')"))
