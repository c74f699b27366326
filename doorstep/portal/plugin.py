"""The MkDocs plugin, and a site that it built and makes anew page by page.

Nothing else knows MkDocs; what the site says is decided in the modules beside it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from doorstep.forms.rendering import render_track_form
from doorstep.portal.checks.across import check_links
from doorstep.portal.checks.page_checks import GENERATED
from doorstep.portal.checks.page_html import check_html
from doorstep.portal.checks.page_reader import PageReader
from doorstep.portal.checks.sources import is_source
from doorstep.portal.facts.confirmed import unlinked
from doorstep.portal.facts.days import day
from doorstep.portal.facts.front_matter import page_head
from doorstep.portal.facts.front_page import popular
from doorstep.portal.facts.guide_sections import sections
from doorstep.portal.facts.reported import with_told
from doorstep.portal.findings.finding import ContentError, Finding
from doorstep.portal.handbook.lists import FOLDER, STYLE, Handbook, handbook_style, read_handbook
from doorstep.portal.open_data.catalog_file import PATH as CATALOG
from doorstep.portal.open_data.catalog_file import catalog_file
from doorstep.portal.open_data.linked_data import linked_data
from doorstep.portal.pages.dialling import dialled
from doorstep.portal.pages.form_pages import FormPage, form_pages
from doorstep.portal.pages.notice_codes import notice_code
from doorstep.portal.processes import shared
from doorstep.portal.shell import hand_over
from doorstep.portal.site import Portal, load_portal
from doorstep.portal.sitemap import ROBOTS, SITEMAP, days_of_pages, pages_of, robots, sitemap


class PortalConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    demo = Type((bool, int), default=False)
    origin = Type(str, default="")


class DoorstepPlugin(BasePlugin[PortalConfig]):  # type: ignore[no-untyped-call]
    """Reads the portal, adds its pages and assets, keeps Material's files out, hands the shell to the intake."""

    portal: Portal
    forms: dict[str, FormPage]
    left_out: frozenset[str]
    handbook: Handbook | None
    previewing: bool
    files: Files
    nav: Navigation
    env: Environment
    to_make: list[File]
    made: dict[str, PageReader]

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        self.previewing = command == "serve"

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        root = Path(config.config_file_path).resolve().parent
        built_on = dt.datetime.now(dt.UTC).date()
        try:
            self.portal = load_portal(root, demo=bool(self.config.demo), origin=self.config.origin, built_on=built_on)
        except ContentError as error:
            raise PluginError(str(error)) from error
        made = form_pages(root, {guide.id for guide in self.portal.guides}, demo=self.portal.demo)
        self.left_out = self.portal.gone
        self.handbook = read_handbook(root) if self.portal.demo else None  # no resident needs it
        self.forms = {f"apply/{page.form}/index.md": page for page in made}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        own = Path(config.docs_dir).resolve()
        gone = {page.source for page in self.portal.left_out}
        for file in [file for file in files if file.src_dir and Path(file.src_dir).resolve() != own]:
            files.remove(file)
        for file in [file for file in files if f"docs/{file.src_uri}" in gone or not is_source(file.src_uri)]:
            files.remove(file)
        for file in [file for file in files if file.src_uri.startswith(FOLDER) and not self.handbook]:
            files.remove(file)
        pages = [*GENERATED, *self.portal.catalog.pages, *self.portal.hardship.pages]
        pages += [page for page in self.portal.places.pages if not files.get_file_from_path(page[0])]
        pages += [(source, page.title, "form.html") for source, page in self.forms.items()]
        pages += [(source, guide.title, "retired.html") for source, guide in self.portal.retired.items()]
        contents: dict[str, str | bytes] = {source: page_head(title, template) for source, title, template in pages}
        contents |= self.portal.assets.files | {self.portal.search_index.name: self.portal.search_index.content}
        contents |= {STYLE: handbook_style(self.portal.root)} if self.handbook else {}
        contents |= {path: content for one in self.portal.open_data for path, content in one.contents.items()}
        contents |= {CATALOG: catalog_file(config.site_name, self.portal.open_data, self.portal.origin)}
        contents |= {ROBOTS: robots(self.portal.origin)}
        for source, content in contents.items():
            files.append(File.generated(config, source, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """MkDocs makes one page after the other, and reads what the checks have read: so all are made by `on_env`."""
        self.nav, self.files = nav, files
        self.made = {}
        self.to_make = list(files.documentation_pages())
        for file in self.to_make:
            file.inclusion = InclusionLevel.EXCLUDED
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        if self.portal.guide_at(page.file.src_uri):
            page.meta["template"] = "guide.html"  # a guide's front matter holds facts only
        if self.portal.catalog.at(page.file.src_uri):
            page.meta["template"] = "resource.html"
        if street := self.portal.places.at(page.file.src_uri):
            page.meta.update(template="place.html", title=f"{street.district}{street.name}")
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        if findings := list(check_html(page.file.src_uri, html)):
            raise PluginError(str(ContentError(findings)))
        html = with_told(unlinked(html, self.left_out), self.portal.reported)
        return dialled(html, (line["number"] for line in self.portal.hotlines))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002 — MkDocs names them
        env.autoescape = True  # Material's templates escape by hand; ours are written for this
        env.trim_blocks = env.lstrip_blocks = True
        env.auto_reload = False  # else each include of each page asks the disk whether its template changed meanwhile
        env.globals["portal"] = self.portal
        env.globals["track_form"] = render_track_form()
        env.filters["day"] = day
        self.env = env
        made = shared(lambda file: PageReader(self.make(file, config)), self.to_make)
        self.made = {f"/{file.url}".removesuffix("./"): page for file, page in zip(self.to_make, made, strict=True)}
        return env

    def make(self, file: File, config: MkDocsConfig) -> str:
        """Writes the page of `file` as MkDocs would, and gives it back."""
        read = None if file.generated_by else self.portal.read_pages.get(file.src_uri)
        page, hooks = Page(None, file, config), config.plugins
        if read and read.facts:
            page.meta, page.markdown, page.content = dict(read.facts.data), read.facts.body, read.html
        else:
            page.read_source(config)
            page.content = page.markdown
        page.markdown = hooks.on_page_markdown(page.markdown or "", page=page, config=config, files=self.files)
        page.content = hooks.on_page_content(page.content or "", page=page, config=config, files=self.files)
        return self.write(page, config)

    def write(self, page: Page, config: MkDocsConfig) -> str:
        context = get_context(self.nav, self.files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        html = self.env.get_template(page.meta.get("template", "main.html")).render(context)
        write_file(html.encode(), page.file.abs_dest_path)
        return html

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        guide = self.portal.guide_at(page.file.src_uri)
        extra: dict[str, Any] = {
            "guide": guide,
            "retired": self.portal.retired.get(page.file.src_uri),
            "handbook": self.handbook,
            "popular": popular(page.meta, self.portal.guides),
            "form": self.forms.get(page.file.src_uri),
            "resource": self.portal.catalog.at(page.file.src_uri),
            "street": self.portal.places.at(page.file.src_uri),
            "category": self.portal.catalog.category_at(page.file.src_uri),
        }
        if guide:
            origin = self.portal.origin
            extra["sections"] = sections(page.content or "")
            extra["linked_data"] = linked_data(guide, origin)
            extra["notice_code"] = notice_code(f"{origin}{guide.url}") if origin else ""
        context.update(extra)  # type: ignore[typeddict-item]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        for name in (SITEMAP, f"{SITEMAP}.gz"):  # MkDocs' own, which knows no address and no day
            (site / name).unlink(missing_ok=True)
        if not self.previewing:  # a preview is built into a folder beside which nothing of ours may stand
            hand_over(self.portal, site, site.parent / "intake")
        if self.portal.origin:  # without which no address is whole
            told = sitemap(pages_of(site), days_of_pages(self.portal), self.portal.origin)
            (site / SITEMAP).write_bytes(told)
        if findings := check_links(site, self.made):
            dead = ContentError(findings)
            raise PluginError(str(dead)) from dead


class NotBuilt(Exception):
    """The content has errors: these."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class KeptSite:
    """The site of `root` in `folder`, with what MkDocs makes pages of, which else a build throws away."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=False)
        plugin = self._config.plugins["doorstep"]
        assert isinstance(plugin, DoorstepPlugin)
        self._plugin = plugin

    @property
    def portal(self) -> Portal:
        return self._plugin.portal

    @portal.setter
    def portal(self, portal: Portal) -> None:
        self._plugin.portal = self._plugin.env.globals["portal"] = portal

    def build(self) -> None:
        """NotBuilt where the content has errors."""
        self._config.plugins.on_startup(command="serve", dirty=False)
        try:
            build(self._config)
        except Abort as stopped:  # in which MkDocs wraps what a plugin raises
            error: BaseException | None = stopped
            while error is not None and not isinstance(error, ContentError):
                error = error.__cause__ or error.__context__
            if error is None:
                raise
            raise NotBuilt(error.findings) from stopped

    def render(self, source: str) -> None:
        """Makes the page of `source`, a path below docs/, anew, as a build would."""
        kept, config, hooks = self._plugin, self._config, self._config.plugins
        file = kept.files.get_file_from_path(source)
        assert file is not None
        page = Page(None, file, config)
        page.read_source(config)
        page.markdown = hooks.on_page_markdown(page.markdown or "", page=page, config=config, files=kept.files)
        page.render(config, kept.files)
        page.content = hooks.on_page_content(page.content or "", page=page, config=config, files=kept.files)
        kept.write(page, config)
