"""staff.csv: the people."""

from roster.errors import Fault
from roster.loading.known import Known
from roster.loading.rows import Row, build, collect, repeats, settle, typed_rows
from roster.loading.tables import Sheet
from roster.people import Person


def load_people(sheet: Sheet, known: Known) -> tuple[Person, ...]:
    """The people in the order of the file.

    Raises InputError with every fault: cells, repeated ids, teams, roles, skills and sites that do not exist.
    """
    twice = repeats(sheet, "staff_id", what="the person is")

    def make(row: Row) -> Person | tuple[Fault, ...]:
        named = known.duty_faults(row) if row.has("team", "role") else ()
        skilled = known.skill_faults(row, row.values.get("skills", ()))
        sited = known.id_faults(row, "home_site", known.sites, what="site")
        return build(Person, row, (*twice.get(row.number, ()), *named, *skilled, *sited))

    return settle(*collect(sheet, make))


def staff_ids(sheet: Sheet) -> frozenset[str] | None:
    """The ids of the people; None where an id is missing, unreadable or repeated or there are no rows.

    Other tables cannot be judged by such a list: what they seem to get wrong is a consequence of it.
    """
    ids = [row.values.get("staff_id") for row in typed_rows(sheet)]
    found = frozenset(filter(None, ids))
    return found if found and len(found) == len(ids) else None
