"""compliance.json: the judgement of a roster, clause by clause, for programs."""

import json
from collections.abc import Sequence

from roster.base import Breach
from roster.compliance import Judgement


def compliance_entries(judgements: Sequence[Judgement]) -> list[dict[str, object]]:
    """One entry for each clause and rule, keys as documented for compliance.json."""
    return [_entry(judgement) for judgement in judgements]


def compliance_json(judgements: Sequence[Judgement]) -> str:
    """The entries as indented JSON text."""
    return json.dumps(compliance_entries(judgements), ensure_ascii=False, indent=2) + "\n"


def _entry(judgement: Judgement) -> dict[str, object]:
    clause, rule = judgement.clause, judgement.rule
    worst = judgement.tightest
    evidence = clause.evidence.words() if clause.evidence else None
    return {
        "clause": clause.id,
        "rule": judgement.kind,
        "citation": {"document": clause.document, "where": clause.where, "quote": list(clause.quote)},
        "kind": clause.kind,
        "level": judgement.level,
        "reading": rule.reading if rule and rule.reading else clause.reading,
        "in_force": judgement.in_force,
        "status": judgement.status,
        "words": judgement.words._asdict(),
        "evidence": evidence._asdict() if evidence else None,
        "required": worst.limit if worst else None,
        "measured": worst.found if worst else None,
        "unit": worst.unit if worst else None,
        "breaches": [_breach(finding) for finding in judgement.breaches],
        "open": [_breach(finding) for finding in judgement.open],
        "places": len(judgement.findings),
    }


def _breach(finding: Breach) -> dict[str, object]:
    return {
        "date": finding.day.isoformat() if finding.day else None,
        "start": finding.start.isoformat() if finding.start else None,
        "end": finding.end.isoformat() if finding.end else None,
        "staff_ids": list(finding.staff_ids),
        "team": finding.team,
        "role": finding.role,
        "found": finding.found,
        "limit": finding.limit,
        "unit": finding.unit,
        "verdict": finding.verdict,
        "note": finding.note._asdict() if finding.note else None,
    }
