"""The verdict over one proposal."""

from fujia.cabin.policy.rules import apply_rules
from fujia.cabin.policy.special import SPECIAL_RULES
from fujia.cabin.policy.verdict import Companion, Finding, Proposal, Verdict

_GRAVITY = {"allow": 0, "amend": 1, "confirm": 2, "refuse": 3}


def judge(proposal: Proposal) -> Verdict:
    """Judge resolved writes against the state of the car and the seat of the speaker.

    Refuse beats confirm beats amend beats allow; among equals the first rule decides. A yes lifts
    a ``confirm`` and nothing else.
    """
    findings = list(apply_rules(proposal))
    for rule in SPECIAL_RULES:
        findings.extend(rule(proposal))
    if proposal.confirmed:
        findings = [finding for finding in findings if finding.kind != "confirm"]
    return _weigh(findings)


def _weigh(findings: list[Finding]) -> Verdict:
    gravest = max(findings, key=lambda finding: _GRAVITY[finding.kind], default=None)
    if gravest is None:
        return Verdict("allow")
    notes = tuple(dict.fromkeys(note for finding in findings for note in finding.notes))
    return Verdict(gravest.kind, gravest.rule, gravest.reason, _companions(findings), notes)


def _companions(findings: list[Finding]) -> tuple[Companion, ...]:
    found: list[Companion] = []
    for finding in findings:
        found.extend(companion for companion in finding.companions if companion not in found)
    return tuple(found)
