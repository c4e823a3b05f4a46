# mypy: allow-untyped-calls
"""Paths from a certificate to an anchor, as the library builds them; revocation is not asked."""

from collections.abc import Coroutine, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from asn1crypto import x509
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator import errors as failures
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.validate import async_validate_path

from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.trust.revocation import Path

T = TypeVar("T")
PATH_FAILURES: Final[tuple[type[Exception], ...]] = (
    *LIBRARY_FAILURES,
    failures.PathError,
    failures.ValidationError,
)
MOST_PATHS: Final = 8
_UNASKED: Final = RevocationCheckingPolicy(
    ee_certificate_rule=RevocationCheckingRule.NO_CHECK,
    intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK,
)
_WEAK: Final = frozenset({"md2", "md5", "sha1", "sha224"})


def paths(
    certificate: x509.Certificate,
    anchors: Sequence[x509.Certificate],
    others: Sequence[x509.Certificate],
    at: datetime,
) -> Iterator[Path | Exception]:
    """Every way from an anchor down to the certificate, or why one does not hold ``at``."""
    context = ValidationContext(
        trust_roots=list(anchors),
        other_certs=others,
        revinfo_policy=CertRevTrustPolicy(_UNASKED),
        moment=at,
        algorithm_usage_policy=DisallowWeakAlgorithmsPolicy(_WEAK),
    )
    built = context.path_builder.async_build_paths_lazy(certificate)
    for _ in range(MOST_PATHS):
        try:
            path = at_once(anext(built, None))
            if path is None:
                return
            at_once(async_validate_path(context, path))
        except failures.PathBuildingError as failure:
            yield failure
            return
        except PATH_FAILURES as failure:
            yield failure
        else:
            yield list(path.iter_certs(include_root=True))


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """What the library's coroutine gives; nothing is fetched, so it has nothing to wait for."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise RuntimeError("the library waits for something")
