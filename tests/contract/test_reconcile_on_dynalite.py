"""Reconciling on a store that speaks DynamoDB's API, which gives references in an order of its own."""

from __future__ import annotations

from pathlib import Path

from doorstep.applications.keyring import create_or_load
from doorstep.counter.checkpointing import take_checkpoint
from doorstep.counter.reconcile import Reconciliation
from doorstep.stores.dynamodb import DynamoStore
from doorstep.stores.dynamodb_table import create_table, key
from doorstep.stores.office_file import OfficeFile
from tests.servers import dynalite, dynamodb_client
from tests.unit.counter.telling.city import City


def test_a_head_deleted_or_rolled_back_on_dynalite_is_named(tmp_path: Path) -> None:
    create_or_load(tmp_path)
    file = OfficeFile(tmp_path / "office" / "office.sqlite3")
    folder = tmp_path / "checkpoints"
    with dynalite() as address:
        client = dynamodb_client(address)
        create_table(client, "doorstep")
        city = City(DynamoStore(client, "doorstep"), tmp_path, file)
        references = [city.due("accepted")[0] for _ in range(4)]
        gone, back, spoiled, sound = references
        old = client.get_item(TableName="doorstep", Key=key(back, "head"))["Item"]
        city.step(back, "approved")

        def named() -> dict[str, str]:
            run = Reconciliation(
                city.store, city.counter.desk.keys.public_keys, file.readings, folder, memory=file.checkpoints
            )
            return {finding.record: finding.what for finding in run.findings()}

        taken = take_checkpoint(city.counter.desk, file.readings, folder, memory=file.checkpoints)
        assert taken is not None
        assert (taken.link.lines, taken.findings) == (4, ())
        assert named() == {}
        client.delete_item(TableName="doorstep", Key=key(gone, "head"))
        client.put_item(TableName="doorstep", Item=old)
        item = city.head(spoiled).sealed["accepted-2"]
        client.delete_item(TableName="doorstep", Key=key(spoiled, f"item#{item}"))
        city.step(sound, "approved")
        assert named() == {
            f"application {gone}": "missing",
            f"application {back}": "rolled back",
            f"item accepted-2 of {spoiled}": "missing",
        }
    file.close()
