"""Evidence (chứng cứ): what was kept under lock stays, for everyone, until its day."""

from datetime import UTC, datetime, timedelta

import pytest
from minio.commonconfig import COMPLIANCE, ENABLED, GOVERNANCE, Filter
from minio.error import S3Error
from minio.lifecycleconfig import Expiration, LifecycleConfig, Rule
from minio.objectlockconfig import DAYS, ObjectLockConfig
from minio.retention import Retention
from minio.versioningconfig import SUSPENDED, VersioningConfig

from tests.s3.place import Place, is_refused


def in_days(days: int) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)


@pytest.fixture
def kept(locked: Place) -> str:
    """The version of an object `one` that is kept in COMPLIANCE for ten days."""
    return locked.put("one", b"kept", retention=Retention(COMPLIANCE, in_days(10)))


def test_old_versions_stay_readable_and_deleting_only_marks(locked: Place) -> None:
    first, second = locked.put("one", b"first"), locked.put("one", b"second")
    locked.remove("one")
    with pytest.raises(S3Error, match="NoSuchKey"):
        locked.stat("one")
    assert locked.got("one", version_id=first) == b"first"
    assert locked.got("one", version_id=second) == b"second"

    found = locked.client.list_objects(locked.bucket, locked.key("one"), include_version=True)
    marker = {str(one.version_id): one for one in found if one.is_delete_marker}
    assert len(marker) == 1
    locked.remove("one", version=next(iter(marker)))
    assert locked.got("one") == b"second"


def test_a_locked_version_can_be_hidden_but_not_deleted(locked: Place, kept: str) -> None:
    assert is_refused(lambda: locked.remove("one", version=kept))
    locked.remove("one")
    locked.put("one", b"written over")
    assert locked.got("one", version_id=kept) == b"kept"


def test_not_even_a_bypass_opens_a_compliance_lock(locked: Place, kept: str) -> None:
    bypass = {"x-amz-bypass-governance-retention": "true"}
    answer = locked.send("DELETE", "one", headers=bypass, query={"versionId": kept})
    assert answer.status in (400, 403)
    assert locked.got("one", version_id=kept) == b"kept"


def test_a_lock_is_lengthened_but_neither_shortened_nor_softened(locked: Place, kept: str) -> None:
    def lock(mode: str, days: int) -> None:
        until, key = Retention(mode, in_days(days)), locked.key("one")
        locked.client.set_object_retention(locked.bucket, key, until, version_id=kept)

    assert is_refused(lambda: lock(COMPLIANCE, 5))
    assert is_refused(lambda: lock(GOVERNANCE, 10))
    assert is_refused(lambda: lock(GOVERNANCE, 20))
    lock(COMPLIANCE, 20)
    held = locked.client.get_object_retention(locked.bucket, locked.key("one"), kept)
    assert held is not None
    assert held.mode == COMPLIANCE
    assert held.retain_until_date > in_days(19)


def test_a_legal_hold_keeps_until_it_is_lifted(locked: Place) -> None:
    version, key = locked.put("one", b"disputed"), locked.key("one")
    locked.client.enable_object_legal_hold(locked.bucket, key, version)
    assert locked.client.is_object_legal_hold_enabled(locked.bucket, key, version)
    assert is_refused(lambda: locked.remove("one", version=version))

    locked.client.disable_object_legal_hold(locked.bucket, key, version)
    locked.remove("one", version=version)
    with pytest.raises(S3Error, match="NoSuch"):
        locked.got("one", version_id=version)


def test_a_bucket_locks_what_comes_without_a_lock_of_its_own(fresh_locked: Place) -> None:
    place = fresh_locked
    place.client.set_object_lock_config(
        place.bucket, ObjectLockConfig(mode=COMPLIANCE, duration=30, duration_unit=DAYS)
    )
    version = place.put("one", b"kept")
    held = place.client.get_object_retention(place.bucket, place.key("one"), version)
    assert held is not None
    assert (held.mode, held.retain_until_date > in_days(29)) == (COMPLIANCE, True)
    assert is_refused(lambda: place.remove("one", version=version))


def test_a_bucket_with_locks_cannot_stop_keeping_versions(fresh_locked: Place) -> None:
    place = fresh_locked
    with pytest.raises(S3Error):
        place.client.set_bucket_versioning(place.bucket, VersioningConfig(SUSPENDED))
    assert place.client.get_bucket_versioning(place.bucket).status == ENABLED


def test_uploads_nobody_accepted_can_be_told_to_expire(fresh_locked: Place) -> None:
    client, bucket = fresh_locked.client, fresh_locked.bucket
    rule = Rule(
        ENABLED,
        rule_filter=Filter(prefix="uploads/"),
        rule_id="forget-uploads",
        expiration=Expiration(days=1),
    )
    client.set_bucket_lifecycle(bucket, LifecycleConfig([rule]))
    told = client.get_bucket_lifecycle(bucket)
    assert told is not None
    (found,) = told.rules
    assert found.rule_filter is not None
    assert found.expiration is not None
    assert (found.rule_filter.prefix, found.expiration.days) == ("uploads/", 1)
