"""What may be asked of signing."""

from __future__ import annotations

from contracts.signing import Signing as Promise
from services.kernel.rpc import Given, answer
from services.signing.application import build
from services.signing.settings import SigningSettings


class SigningService:
    """The answering door: each line keeps one promise."""

    name = "signing"
    application = Given(build, SigningSettings)

    begin_signature = answer(Promise.begin_signature)
    complete_signature = answer(Promise.complete_signature)
    decline_signature = answer(Promise.decline_signature)
    get_signing_session = answer(Promise.get_signing_session)
    verify_files = answer(Promise.verify_files)
    get_verification = answer(Promise.get_verification)
    request_report = answer(Promise.request_report)
    get_report = answer(Promise.get_report)
    get_signed_revision = answer(Promise.get_signed_revision)
    list_evidence = answer(Promise.list_evidence)
    offer_upload = answer(Promise.offer_upload)
    propose_anchor = answer(Promise.propose_anchor)
    propose_anchor_removal = answer(Promise.propose_anchor_removal)
    approve_anchor = answer(Promise.approve_anchor)
    reject_anchor = answer(Promise.reject_anchor)
    list_anchor_proposals = answer(Promise.list_anchor_proposals)
    list_trust_anchors = answer(Promise.list_trust_anchors)
    list_trust_changes = answer(Promise.list_trust_changes)
    set_revocation_source = answer(Promise.set_revocation_source)
    drop_revocation_source = answer(Promise.drop_revocation_source)
    list_revocation_sources = answer(Promise.list_revocation_sources)
    request_certificate = answer(Promise.request_certificate)
    grant_certificate = answer(Promise.grant_certificate)
    activate_certificate = answer(Promise.activate_certificate)
    suspend_certificate = answer(Promise.suspend_certificate)
    revoke_certificate = answer(Promise.revoke_certificate)
    get_certificate = answer(Promise.get_certificate)
    list_certificates = answer(Promise.list_certificates)
    list_expiring_certificates = answer(Promise.list_expiring_certificates)
    name_copy_signers = answer(Promise.name_copy_signers)
    set_block_format = answer(Promise.set_block_format)
    get_copy_rules = answer(Promise.get_copy_rules)
    request_copy = answer(Promise.request_copy)
    approve_copy = answer(Promise.approve_copy)
    seal_copy = answer(Promise.seal_copy)
    get_copy = answer(Promise.get_copy)
    list_copies = answer(Promise.list_copies)
    digitise_paper = answer(Promise.digitise_paper)
    get_paper = answer(Promise.get_paper)
    hand_over_key = answer(Promise.hand_over_key)
    list_key_handovers = answer(Promise.list_key_handovers)
    extend_signature = answer(Promise.extend_signature)
    get_proof = answer(Promise.get_proof)
    list_expiring_proofs = answer(Promise.list_expiring_proofs)
    read_events = answer(Promise.read_events)
    list_history = answer(Promise.list_history)
    list_parked_events = answer(Promise.list_parked_events)
    unpark_events = answer(Promise.unpark_events)
