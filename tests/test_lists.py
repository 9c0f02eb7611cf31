"""An organisation's list: read with the chat's readers, taken whole or not at all, matched by nobody."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import func, select

from bot import sheets
from bot.catalog import Catalog
from flows.lists import Listed, read
from flows.people import Moment
from nlu.lexicon import cells, rows
from nlu.normalise import fold
from storage import lists, privacy
from storage.database import Database
from storage.tables import consents, mentees, people
from tests.conftest import MONDAY
from tests.test_command import mem

MOMENT = Moment(MONDAY, "Africa/Casablanca")
CATALOG = Catalog()
HEADER = "rôle,téléphone,nom,ville,âge,activité,besoins,étape,langues parlées,disponibilités"
GOOD = 'mentee,06 00 00 00 81,Amina Benali,Fès,31,je vends des tapis,"compta, ventes",une idée,français,samedi matin'
OTHER = GOOD.replace("81", "82").replace("Amina", "Salma")


def listed(*lines: str, role: str | None = None, cohort: str | None = None) -> Listed:
    text = "\n".join(lines)
    return read(list(sheets.read_csv(text)), CATALOG, MOMENT, role, cohort)


def test_a_line_is_read_as_the_chat_would_read_it() -> None:
    told = listed(HEADER, GOOD, cohort="FES26")
    assert not told.problems
    (entry,) = told.entries
    assert (entry.role, entry.phone, entry.cohort) == ("mentee", "+212600000081", "FES26")
    answers = entry.answers
    assert (answers["name"], answers["age"], answers["stage"]) == ("Amina Benali", 31, "idea")
    assert answers["needs"] == ["finance", "sales"]
    assert answers["place"]["code"] == "03.231.01.0"
    assert answers["sector"] == "crafts"
    assert answers["availability"] == [{"days": [5], "start": "09:00", "end": "12:00"}]
    assert entry.missing == ("meet",)


@pytest.mark.parametrize(
    "phone", ["0600000081", "600000081", "212600000081", "00212 600 00 00 81", "+212-600-000081"]
)
def test_a_moroccan_number_is_known_in_every_spelling(phone: str) -> None:
    told = listed("role,phone,name", f"mentor,{phone},Amina Benali")
    assert [entry.phone for entry in told.entries] == ["+212600000081"]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("phone", "06", "is no valid number: write 06 12 34 56 78"),
        ("phone", "2.12E+11", "has lost its digits"),
        ("role", "pilot", "write mentor or mentee"),
        ("place", "Ameur", "may be several: write Ameur (Salé) or Ameur Seflia (Kénitra)"),
        ("place", "canada", "may be several: write Montréal or Vancouver or Calgary"),
        ("needs", "compta, blabla", "“blabla” is not understood: write up to 3 of: Finance"),
        ("needs", "1, 3", "“1” is not understood"),
        ("needs", "compta, ventes, export, marketing", "these are 4: keep the 3 that matter most"),
        ("stage", "2", "write one of: An idea"),
        ("meet", "pigeon", "write up to 6 of: Voice call"),
        ("availability", "peut-être", "write days and hours"),
        ("gender", "x", "write f or m"),
        ("language", "latin", "is not one the bot writes"),
        ("age", "old", "write an age or a year of birth"),
        ("name", "?", "write a person's name"),
        ("channel", "pigeon", "write whatsapp or sms or telegram"),
        ("cohort", "C" * 65, "longer than 64"),
    ],
)
def test_a_wrong_cell_is_told_with_what_to_write_instead(column: str, cell: str, told: str) -> None:
    known = {"role": "mentee", "phone": "0600000081", "name": "Amina", column: cell}
    problems = listed(",".join(known), ",".join(f'"{value}"' for value in known.values())).problems
    assert len(problems) == 1
    assert str(problems[0]).startswith("line 2, ")
    assert told in problems[0].text


def test_a_place_of_several_is_named_by_its_label() -> None:
    told = listed("role,phone,place", 'mentee,0600000081,"Ameur (Salé)"')
    assert told.entries[0].answers["place"]["code"] == "04.441.01.13"


def test_a_mentor_is_offered_only_what_the_chat_offers() -> None:
    told = listed("role,phone,sector", "mentor,0600000081,automobile")
    assert "write up to 3 of: Crafts" in told.problems[0].text


def test_one_person_stands_once() -> None:
    told = listed("role,phone", "mentor,0600000081", "mentee,+212600000081")
    assert [entry.line for entry in told.entries] == [2]
    assert "the same person as in line 2" in str(told.problems[0])


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([""], "the file is empty"),
        (["name", "Amina"], "line 1, role: add this column, or call with --role"),
        (["role,phone"], "there is no line below"),
        (["role,role,phone", "a,b,c"], "a second column for role"),
    ],
)
def test_a_list_without_its_columns_is_told(lines: Sequence[str], told: str) -> None:
    assert any(told in str(problem) for problem in listed(*lines).problems)


def test_a_role_and_a_cohort_may_be_told_for_all_lines() -> None:
    told = listed("phone,cohort", "0600000081,", "0600000082,RABAT", role="mentor", cohort="FES26")
    assert [(entry.role, entry.cohort) for entry in told.entries] == [
        ("mentor", "FES26"), ("mentor", "RABAT"),
    ]  # fmt: skip


def test_no_name_of_a_column_means_two() -> None:
    meant: dict[str, set[str]] = {}
    for row in rows("list_columns"):
        for word in (row["column"], *cells(row["words"])):
            meant.setdefault(fold(word), set()).add(row["column"])
    assert not [name for name, columns in meant.items() if len(columns) > 1]


@given(st.text(max_size=200))
def test_any_text_is_a_list_or_told_not_to_be(text: str) -> None:
    try:
        lines = list(sheets.read_csv(text))
    except sheets.BadSheet:
        return
    read(lines, CATALOG, MOMENT)


@given(
    st.dictionaries(
        st.sampled_from([r["column"] for r in rows("list_columns")]), st.text(), min_size=1
    )
)
def test_any_cell_is_read_or_told_to_be_wrong(told: dict[str, str]) -> None:
    known = {"role": "mentor", "phone": "0600000081"} | told
    out = io.StringIO()
    csv.writer(out).writerows([list(known), list(known.values())])
    lines = list(sheets.read_csv(out.getvalue()))
    for role in ("mentor", "mentee"):
        result = read(lines, CATALOG, MOMENT, role)
        assert len(result.entries) + bool(result.problems) <= 1


@given(st.binary(max_size=100), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_file_is_read_or_told_to_be_wrong(content: bytes, name: str) -> None:
    file = Path("/dev/shm") / f"mem-{name}"
    file.write_bytes(content)
    try:
        sheets.read(file)
    except sheets.BadSheet:
        return
    finally:
        file.unlink()


def test_a_workbook_is_read_like_its_csv(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["rôle", "téléphone", "nom", "âge", "ville"])
    sheet.append([])
    sheet.append(["mentee", 600000081, "Amina Benali", 31.0, "فاس"])
    sheet.append(["mentee", "06", date(2026, 11, 23), None, None])
    book.save(tmp_path / "list.xlsx")
    told = read(sheets.read(tmp_path / "list.xlsx"), CATALOG, MOMENT)
    assert [(e.line, e.phone, e.answers["age"]) for e in told.entries] == [(3, "+212600000081", 31)]
    assert {problem.line for problem in told.problems} == {4}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_spreadsheets_write_csv_in_many_ways(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = [["role", "phone", "ville"], ["mentee", "0600000081", "فاس"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    (tmp_path / "list.csv").write_bytes(text.encode(encoding))
    told = read(sheets.read(tmp_path / "list.csv"), CATALOG, MOMENT)
    assert told.entries[0].answers["place"]["name_fr"] == "Fès"


def test_what_would_be_garbled_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes("rôle,phone\nmentor,0600000081".encode("cp1252"))
    with pytest.raises(sheets.BadSheet, match="CSV UTF-8"):
        sheets.read(tmp_path / "list.csv")


async def test_who_is_listed_has_agreed_to_nothing(database: Database) -> None:
    entries = listed(HEADER, GOOD, OTHER, cohort="FES26").entries
    async with database.write() as connection:
        first = await lists.keep(connection, entries, False, MONDAY)
        again = await lists.keep(connection, entries, False, MONDAY)
        kept = (await connection.execute(select(people))).all()
        agreed = (await connection.execute(select(consents))).all()
        registered = await connection.scalar(select(func.count()).select_from(mentees))
    assert [one.state for one in (*first, *again)] == ["new", "new", "listed", "listed"]
    assert [(p.source, p.name, p.seen_at, p.registered_at) for p in kept] == [
        ("FES26", None, None, None)
    ] * 2
    assert [(c.purpose, c.answer) for c in agreed] == [("import", False)] * 2
    assert registered == 0


async def test_who_writes_already_or_was_erased_is_left_in_peace(database: Database) -> None:
    entries = listed(HEADER, GOOD, OTHER).entries
    async with database.write() as connection:
        await lists.keep(connection, entries, False, MONDAY)
        ids = list(await connection.scalars(select(people.c.id).order_by(people.c.id)))
        wrote = people.update().where(people.c.id == ids[0])
        await connection.execute(wrote.values(state={"stack": []}, seen_at=MONDAY))
        await privacy.erase(connection, ids[1], MONDAY)
        standings = await lists.keep(connection, entries, False, MONDAY)
        left = (await connection.execute(select(people))).all()
    assert [one.state for one in standings] == ["known", "erased"]
    assert [person.state for person in left] == [{"stack": []}]


def test_the_command_takes_a_whole_list_or_nothing(tmp_path: Path) -> None:
    database = {"MEM_DATABASE__URL": f"sqlite:///{tmp_path / 'mem.db'}"}
    file = tmp_path / "list.csv"
    file.write_text("\n".join([HEADER, GOOD, OTHER.replace("31", "old")]), encoding="utf-8")
    refused = mem("import", str(file), **database)
    assert refused.returncode == 1
    assert "line 3, age: “old” is not understood" in refused.stdout
    assert "Nothing was imported: 1 lines are wrong, 1 are right" in refused.stdout
    dry = mem("import", str(file), "--skip-bad", "--dry-run", **database)
    assert "Dry run, nothing was changed: 1 new, 0 replaced" in dry.stdout
    assert "the chat will ask: meet" in dry.stdout
    taken = mem("import", str(file), "--skip-bad", **database)
    assert taken.returncode == 0
    assert "Imported: 1 new, 0 replaced, 0 left as they are. Lines left out: 3." in taken.stdout
    assert "has not written yet" in mem("import", str(file), "--skip-bad", **database).stdout
    missing = mem("import", str(tmp_path / "none.csv"), **database)
    assert missing.returncode == 1
    assert "cannot be opened" in missing.stderr
