"""What is put aside is nobody's file any more, can be moved back, and is destroyed when its time is over."""

from __future__ import annotations

from pathlib import Path

from doorstep.attachments.files import READY
from doorstep.stores.file_folder import FileFolder
from doorstep.stores.folder_aside import destroy_aside
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from doorstep.stores.s3_bucket import Bucket
from doorstep.stores.s3_files import S3Files
from doorstep.stores.s3_quarantine import S3Quarantine
from tests.contract.files.conftest import Place
from tests.contract.files.samples import earlier, new_reference, put, soon


def nobody(_reference: str, _name: str) -> bool:
    return False


def test_what_is_put_aside_is_no_file_any_more_until_it_is_destroyed(place: Place) -> None:
    reference = new_reference()
    kept, waits, stays = put(place, reference), put(place, reference), put(place, reference)
    place.quarantine.keep(kept, 2, b"container")
    for file in (kept, waits):
        place.quarantine.remove(reference, file.name, before=earlier(), aside=True)
    assert place.files.aside(reference) == frozenset()
    for file in (kept, waits):
        place.quarantine.remove(reference, file.name, before=soon(), aside=True)
    assert list(place.files.states(reference)) == [stays.name]
    assert place.files.aside(reference) == {kept.name, waits.name}
    assert place.files.aside(new_reference()) == frozenset()
    assert [one.name for one in place.quarantine.resting(soon())] == [stays.name]
    assert place.quarantine.destroy_aside(earlier(), nobody) == 0
    assert place.quarantine.destroy_aside(soon(), lambda of, name: (of, name) == (reference, kept.name)) == 1
    assert place.files.aside(reference) == {kept.name}
    place.quarantine.remove(reference, kept.name, aside=True)  # there is nothing to put aside any more
    assert place.files.aside(reference) == {kept.name}
    assert place.quarantine.destroy_aside(soon(), nobody) == 1


def test_on_a_bucket_an_object_that_is_moved_back_is_as_it_was(bucket: Bucket) -> None:
    place, reference = Place(S3Files(bucket), S3Quarantine(bucket)), new_reference()
    file = put(place, reference)
    place.quarantine.keep(file, 2, b"container")
    place.quarantine.remove(reference, file.name, aside=True)
    key = f"ready/{reference}/{file.name}.2"
    bucket.client.copy_object(Bucket=bucket.name, Key=key, CopySource={"Bucket": bucket.name, "Key": f"swept/{key}"})
    assert place.files.states(reference)[file.name].status == READY
    assert place.files.container(reference, file.name) == b"container"


def test_of_too_much_the_oldest_goes_first(tmp_path: Path) -> None:
    place, reference = Place(FolderFiles(tmp_path / "files"), FolderQuarantine(tmp_path / "files")), new_reference()
    for _ in range(5):
        place.quarantine.remove(reference, put(place, reference, content=bytes(1000)).name, aside=True)
    assert destroy_aside(FileFolder(tmp_path / "files"), earlier(), nobody, most=3000) == 2
    assert len(place.files.aside(reference)) == 3
