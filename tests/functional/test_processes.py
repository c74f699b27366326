"""Site and office on one machine: two processes that begin and end together, and share no memory."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest

from doorstep.counter.sessions import start_session
from doorstep.counter.staff import Staff, mint_staff_id
from doorstep.serving.application import ServeSettings
from doorstep.stores.choosing import APPLICATIONS
from doorstep.stores.office_file import open_office
from doorstep.stores.sqlite import SqliteStore
from office.cookies import SESSION
from tests.functional.commands import Command, alive, all_end, begin, free_ports, running_command, wait_for


def nobody_listens(command: Command) -> bool:
    for server in (command.site, command.office):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return False
    return True


def test_the_demonstration_serves_both_on_addresses_of_their_own(settings: ServeSettings) -> None:
    with running_command(settings, "serve") as command:
        site, office = command.families()
        assert (len(site), len(office)) == (3, 2)  # the command and two workers; the office's and its one
        told = command.told()
        assert f"http://127.0.0.1:{command.site.port}/ " in told
        assert f"http://127.0.0.1:{command.office.port}/ " in told
        assert "办事窗口" in command.office.request("GET", "/sign-in")[2].decode()
        assert command.site.request("GET", "/health")[0] == 404
        assert command.office.request("GET", "/api/health")[0] == 404
        assert command.office.request("GET", "/track/")[0] == 404


def links_of_a_clerk(settings: ServeSettings, command: Command) -> str:
    """The page of links for filling in a form for somebody; each holds a pass."""
    with closing(open_office(settings.var)) as records:
        staff = Staff(mint_staff_id(os.urandom), "演示经办员", "street-650203001", "clerk")
        records.staff.put(staff)
        session = start_session(records.sessions, staff, now=dt.datetime.now(dt.UTC), random=os.urandom)
    answer = command.office.request("GET", "/counter", Cookie=f"{SESSION}={session}")
    assert answer[0] == 200
    return answer[2].decode()


def test_a_clerks_links_lead_to_the_site_that_was_started_with_the_office(settings: ServeSettings) -> None:
    with running_command(settings, "serve") as command:
        said = links_of_a_clerk(settings, command)
        assert f'href="http://127.0.0.1:{command.site.port}/apply/minimum-living-allowance/?counter=' in said


def test_where_nobody_knows_the_sites_name_no_pass_goes_anywhere(settings: ServeSettings) -> None:
    with running_command(settings, "serve", HOST="0.0.0.0") as command:
        said = links_of_a_clerk(settings, command)
        assert "还不知道居民网站的网址" in said
        assert "counter=" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_both_calmly(settings: ServeSettings, number: signal.Signals) -> None:
    with running_command(settings, "serve") as command:
        everybody = command.everybody()
        assert command.end(number) == 0, command.told()
        assert all_end(everybody)
        assert nobody_listens(command)
        assert "Traceback" not in command.told()


def test_a_signal_before_anything_answers_leaves_nobody_behind(settings: ServeSettings) -> None:
    command = begin(settings, "serve")
    while not command.families()[1]:
        assert command.process.poll() is None, command.told()
    everybody = command.everybody()
    assert command.end() == 0, command.told()
    assert all_end(everybody)
    assert nobody_listens(command)


def test_when_the_office_dies_the_site_goes_on_and_the_office_comes_back(settings: ServeSettings) -> None:
    with running_command(settings, "serve") as command:
        site, office = command.families()
        os.kill(office[0], signal.SIGKILL)
        assert all_end(office)
        assert command.site.request("GET", "/api/health")[0] == 200
        wait_for(command, command.office, "/health")
        assert command.families()[0] == site
        assert not set(command.families()[1]) & set(office)
        assert "the office ended (exit code -9) and is started again in 1 s; the site goes on" in command.told()
        everybody = command.everybody()
        assert command.end() == 0, command.told()
        assert all_end(everybody)
        assert nobody_listens(command)


def test_an_office_that_was_told_to_end_leaves_the_site_alone(settings: ServeSettings) -> None:
    with running_command(settings, "serve") as command:
        site, office = command.families()
        os.kill(office[0], signal.SIGTERM)
        assert all_end(office)
        assert command.site.request("GET", "/api/health")[0] == 200
        assert command.families() == (site, [])
        assert command.end() == 0, command.told()
        assert all_end(site)


def test_an_office_that_cannot_start_keeps_the_site_from_starting(settings: ServeSettings) -> None:
    command = begin(settings, "serve", DOORSTEP_CHANNEL="pigeons")
    assert command.process.wait(40) == 1
    assert "Error: DOORSTEP_CHANNEL may be" in command.told()
    assert "Error: the office did not start, and without it the site does not" in command.told()
    assert "Traceback" not in command.told()
    assert nobody_listens(command)


def test_nobody_outlives_a_killed_command(settings: ServeSettings) -> None:
    """Else an office nobody watches would go on with the key in its memory, and hold the port."""
    with running_command(settings, "serve") as command:
        everybody = command.everybody()
        command.process.kill()
        command.process.wait(10)
        assert all_end(everybody)
        assert nobody_listens(command)


def test_a_worker_of_the_office_that_dies_is_replaced(settings: ServeSettings) -> None:
    with running_command(settings, "serve") as command:
        _, office = command.families()
        os.kill(office[1], signal.SIGKILL)
        assert all_end(office[1:])
        for _ in range(200):
            try:
                status = command.office.request("GET", "/health")[0]
                break
            except OSError:
                time.sleep(0.1)
        assert status == 200
        assert alive(office[0])


@pytest.mark.parametrize("name", ["DOORSTEP_BUILD", "DOORSTEP_VAR"])
def test_a_file_where_a_folder_belongs_is_one_sentence(settings: ServeSettings, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    command = begin(settings, "serve", **{name: str(tmp_path / "file")})
    assert command.process.wait(30) == 1
    (said,) = [line for line in command.told().splitlines() if line != "没有改动，网站不用重做"]
    assert said.startswith("Error: ")


@pytest.mark.parametrize("taken", ["PORT", "OFFICE_PORT"])
def test_a_taken_port_is_said_before_anything_starts(settings: ServeSettings, taken: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = begin(settings, "serve", **{taken: str(port)})
        assert command.process.wait(30) == 1
    assert f"Error: port {port} on 127.0.0.1 cannot be used" in command.told()
    assert f"choose another with {taken}=" in command.told()
    assert "http" not in command.told()


def test_the_same_port_twice_is_refused(settings: ServeSettings) -> None:
    port = str(free_ports(1)[0])
    command = begin(settings, "serve", PORT=port, OFFICE_PORT=port)
    assert command.process.wait(30) == 1
    assert "Error: PORT and OFFICE_PORT are both" in command.told()
    assert "Traceback" not in command.told()


def test_without_the_office_nobody_starts_it(settings: ServeSettings) -> None:
    with running_command(settings, "serve", "--no-office") as command:
        assert command.families()[1] == []
        assert f":{command.office.port}/" not in command.told()


def test_a_published_site_leaves_the_office_out(settings: ServeSettings) -> None:
    with running_command(settings, "serve", "--published", DOORSTEP_ORIGIN="https://www.example.org") as command:
        assert command.families()[1] == []


def test_a_published_office_beside_it_needs_its_origin(settings: ServeSettings) -> None:
    command = begin(settings, "serve", "--published", "--with-office", DOORSTEP_ORIGIN="https://www.example.org")
    assert command.process.wait(40) == 1
    assert "Error: DOORSTEP_OFFICE_ORIGIN is missing" in command.told()
    assert "Traceback" not in command.told()
    assert nobody_listens(command)


def test_the_office_alone(settings: ServeSettings) -> None:
    SqliteStore(settings.var / APPLICATIONS).close()
    with running_command(settings, "office") as command:
        assert command.office.request("GET", "/health")[0] == 200
        assert f"http://127.0.0.1:{command.office.port}/ " in command.told()
        assert f":{command.site.port}/" not in command.told()
        assert command.end() == 0
    published = begin(settings, "office", "--published")
    assert published.process.wait(30) == 1
    assert "Error: DOORSTEP_OFFICE_ORIGIN is missing" in published.told()


def test_an_office_alone_makes_no_applications(settings: ServeSettings) -> None:
    command = begin(settings, "office")
    assert command.process.wait(30) == 1
    assert f"{settings.var / APPLICATIONS} is not there: `doorstep serve` makes it" in command.told()
    assert "DOORSTEP_VAR" in command.told()
    assert not (settings.var / APPLICATIONS).exists()


def test_the_last_port_has_none_after_it(settings: ServeSettings) -> None:
    command = begin(settings, "serve", PORT="65535", OFFICE_PORT="")
    assert command.process.wait(30) == 1
    assert "Error: PORT is 65535, the last there is: set OFFICE_PORT too" in command.told()


def test_the_offices_port_follows_the_sites(settings: ServeSettings) -> None:
    SqliteStore(settings.var / APPLICATIONS).close()
    port = free_ports(1)[0]
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        command = begin(settings, "office", PORT=str(port - 1), OFFICE_PORT="")
        assert command.process.wait(30) == 1
    assert f"port {port} on 127.0.0.1" in command.told()
