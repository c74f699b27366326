"""`doorstep edit`: the site beside an editor who writes it."""

from __future__ import annotations

import threading

import click

from doorstep.commands.folders import ROOT, build_folder
from doorstep.commands.ports import EVERYWHERE, site_address, site_host, site_port


@click.command()
def edit() -> None:
    """Show the site as it is written: a page is made anew when its file is saved, and what is wrong is said.

    On PORT (8000), for whoever sits at this machine: forms can be looked at, and nothing can be handed in.
    """
    from doorstep.editing.pages import open_server  # noqa: PLC0415 — a verb loads its room only
    from doorstep.editing.session import Session  # noqa: PLC0415
    from doorstep.portal.handbook.snippets import write_snippets  # noqa: PLC0415

    host, port = site_host(), site_port()
    if host in EVERYWHERE:
        click.echo(f"注意：HOST={host}，同一个网里的人都打得开这个预览，看得到没发布的稿子。只给自己看，就别写 HOST。")
    session = Session(ROOT, build_folder() / "edit", click.echo)
    try:
        server = open_server(session, host, port)
    except OSError as problem:
        raise click.ClickException(
            f"{host} 的端口 {port} 用不了（{problem.strerror}）：写 PORT=8100 make edit 换一个"
        ) from problem
    write_snippets(ROOT)
    address = site_address() or f"http://127.0.0.1:{port}"
    click.echo(f"预览：{address}/\n编辑手册：{address}/editing/\n停下来：按 Ctrl 和 C")
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            session.run(lambda: True)
        except KeyboardInterrupt:
            click.echo("\n停了。")
        finally:
            server.shutdown()
