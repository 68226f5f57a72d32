"""Plans: reading, checking, writing, tables."""

import copy
import datetime
import decimal
import json
import pickle

import pytest

import countyplan


def test_every_table_of_a_plan_with_a_policy_has_rows(guangxi):
    for table in guangxi.tables:
        rows = guangxi.rows(table)
        assert rows or table in ("rules", "couplings"), table
        assert len(guangxi.to_pandas(table)) == len(rows)
    assert all(isinstance(row["kind"], countyplan.DecisionKind) for row in guangxi.rows("decisions"))


def test_round_trips_in_every_format(small, tmp_path):
    for name in ("a.plan.json", "a.plan.snapshot", "tables"):
        countyplan.write_plan(small, tmp_path / name)
        again = countyplan.read_plan(tmp_path / name)
        assert again == small
        assert again.fingerprint == small.fingerprint
        assert hash(again) == hash(small)


def test_same_options_give_the_same_plan():
    one = countyplan.generate(base="invented", counties=1, seed=5)
    assert one == countyplan.generate(base="invented", counties=1, seed=5)
    assert one.fingerprint != countyplan.generate(base="invented", counties=1, seed=6).fingerprint


def test_wrong_data_raise_with_all_findings(document):
    data, write = document
    data["posts"][0]["school"] = "nowhere"
    data["experts"][1]["sender"] = "nobody"
    path = write()
    with pytest.raises(countyplan.InvalidPlan) as caught:
        countyplan.read_plan(path)
    assert isinstance(caught.value, ValueError)
    places = {finding.place for finding in caught.value.findings if finding.severity == "error"}
    assert {"posts[0].school", "experts[1].sender"} <= places
    assert "posts[0].school" in str(caught.value)

    findings = countyplan.check(path)
    assert findings == caught.value.findings
    finding = next(f for f in findings if f.place == "posts[0].school")
    assert finding.severity is countyplan.Severity.error
    assert (finding.table, finding.row, finding.field, finding.value) == ("posts", 0, "school", "nowhere")
    assert finding.pointer == "/posts/0/school"
    assert finding.file == str(path)
    assert finding.message.zh and finding.message.en and finding.text("zh") != finding.text("en")


def test_checking_a_plan_that_is_sound_finds_no_error(small):
    findings = countyplan.check(small)
    assert all(finding.severity != "error" for finding in findings)
    assert findings == small.warnings


def test_findings_and_errors_survive_pickling(document):
    data, write = document
    data["posts"][0]["school"] = "nowhere"
    with pytest.raises(countyplan.InvalidPlan) as caught:
        countyplan.read_plan(write())
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.findings == caught.value.findings
    assert str(again) == str(caught.value)


def test_rows_hold_python_values(small):
    task = small.rows("tasks")[0]
    assert isinstance(task["budget"], decimal.Decimal) and task["budget"].as_tuple().exponent == -2
    assert isinstance(task["duration"], int)
    assert task["calendar"] in (countyplan.CalendarKind.office, countyplan.CalendarKind.teaching)
    expert = small.rows("experts")[0]
    assert isinstance(expert["roles"], tuple) and isinstance(expert["roles"][0], countyplan.Role)
    assert all(isinstance(row["from"], datetime.date) for row in small.rows("staffing"))
    county = small.rows("counties")[0]
    assert isinstance(county["code"], str) and len(county["code"]) == 6


def test_every_table_becomes_a_frame_with_the_same_values(guangxi):
    pandas = pytest.importorskip("pandas")
    for table in guangxi.tables:
        rows = guangxi.rows(table)
        frame = guangxi.to_pandas(table)
        assert len(frame) == len(rows)
        for at in range(0, len(rows), max(1, len(rows) // 50)):
            for column, value in rows[at].items():
                cell = frame[column].iloc[at]
                if value is None:
                    assert pandas.isna(cell)
                elif isinstance(value, datetime.date):
                    assert cell.date() == value
                else:
                    assert cell == value
        empty = frame.iloc[:0]
        assert list(empty.columns) == list(frame.columns)


def test_columns_have_the_types_that_analysts_expect(small):
    pytest.importorskip("pandas")
    posts = small.to_pandas("posts")
    assert posts["min"].dtype == "int64"
    assert str(posts["min_years"].dtype) == "Int64"
    assert posts["critical"].dtype == bool
    assert str(posts["role"].dtype) == "category"
    assert str(posts["start"].dtype) == "datetime64[ns]"
    assert posts["min_title"].cat.ordered and list(posts["min_title"].cat.categories)[-1] == "full_senior"
    assert small.to_pandas("counties")["lat"].dtype == "float64"


def test_days_that_pandas_cannot_hold_stay_exact(document):
    pytest.importorskip("pandas")
    data, write = document
    data["experts"][1].pop("available_from", None)
    for edge in ("1677-09-22", "2262-04-11"):
        data["experts"][0]["available_from"] = edge
        column = countyplan.read_plan(write()).to_pandas("experts")["available_from"]
        assert str(column.dtype) == "datetime64[ns]" and str(column.iloc[0].date()) == edge
    data["experts"][0]["available_from"] = "1600-02-29"
    column = countyplan.read_plan(write()).to_pandas("experts")["available_from"]
    assert column.iloc[0] == datetime.date(1600, 2, 29)
    assert column.iloc[1] is None


def test_an_unknown_table_names_the_nearest(small):
    with pytest.raises(ValueError, match="did you mean 'experts'"):
        small.to_pandas("expert")
    with pytest.raises(TypeError, match="table must be"):
        small.rows(3)


def test_tables_need_pandas_and_say_so(small, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="python3-pandas"):
        small.to_pandas("posts")


def test_item_97_plans_copy_and_pickle(small):
    again = pickle.loads(pickle.dumps(small))
    assert again == small and again.fingerprint == small.fingerprint
    assert copy.deepcopy(small) == small and copy.copy(small) == small
    data = pickle.dumps(small)
    broken = data.replace(b"expert", b"exqert", 1) if b"expert" in data else data[:-50] + b"\0" + data[-49:]
    with pytest.raises(Exception) as caught:
        pickle.loads(broken)
    assert isinstance(caught.value, (ValueError, pickle.UnpicklingError, EOFError))


def test_item_97_a_plan_that_is_gone_does_not_take_its_rows_along():
    plan = countyplan.generate(base="invented", counties=1)
    rows = plan.rows("experts")
    tracking = countyplan.track(plan, "2026-01-01")
    del plan
    assert rows[0]["id"]
    assert repr(tracking)


def test_a_missing_path_is_a_file_not_found_error(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        countyplan.read_plan(tmp_path / "absent.plan.json")
    assert caught.value.errno and caught.value.filename.endswith("absent.plan.json")
    assert caught.value.message.zh


def test_what_exists_is_replaced_only_when_asked(small, tmp_path):
    path = tmp_path / "a.plan.json"
    countyplan.write_plan(small, path)
    with pytest.raises(FileExistsError):
        countyplan.write_plan(small, path)
    countyplan.write_plan(small, path, replace=True)


def test_what_is_no_plan_is_refused(tmp_path):
    path = tmp_path / "a.plan.snapshot"
    path.write_bytes(b"GIF89a" + b"\0" * 40)
    with pytest.raises(countyplan.RefusedInput) as caught:
        countyplan.read_plan(path)
    assert isinstance(caught.value, ValueError) and caught.value.message.zh
    with pytest.raises(countyplan.RefusedInput):
        countyplan.write_plan(countyplan.generate(base="invented", counties=1), tmp_path / "a.docx")


def test_written_json_obeys_the_published_schema(small, guangxi, tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    schema = countyplan.plan_schema()
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    for at, plan in enumerate((small, guangxi)):
        path = tmp_path / f"{at}.plan.json"
        countyplan.write_plan(plan, path)
        data = json.loads(path.read_text(encoding="utf-8"))
        assert not list(validator.iter_errors(data))
    # what the reader refuses, the schema refuses too
    data["posts"][0]["target"] = "two"
    data["posts"][1]["colour"] = "red"
    data["tasks"][0]["deadline"] = 20260301
    broken = {"/".join(str(part) for part in error.absolute_path) for error in validator.iter_errors(data)}
    assert {"posts/0/target", "posts/1", "tasks/0/deadline"} <= broken
    path = tmp_path / "broken.plan.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert len([f for f in countyplan.check(path) if f.severity == "error"]) >= 3


def test_written_tables_open_in_pandas(small, tmp_path):
    pandas = pytest.importorskip("pandas")
    countyplan.write_plan(small, tmp_path / "tables")
    for table in small.tables:
        if table == "rules":
            continue
        if table in ("quotas", "decisions", "distances", "couplings"):  # written only where there are any
            assert not small.rows(table)
            assert not (tmp_path / "tables" / f"{table}.csv").exists()
            continue
        frame = pandas.read_csv(tmp_path / "tables" / f"{table}.csv", encoding="utf-8-sig", dtype=str)
        whole = list(small.to_pandas(table).columns)
        if table == "links":  # the last column is written only where a link has one
            assert whole.pop() == "max_lag" and not any(row["max_lag"] for row in small.rows(table))
        assert list(frame.columns) == whole
        assert len(frame) == len(small.rows(table))


def test_distances_are_rows_as_others_are(document, tmp_path):
    data, write = document
    data["format_version"] = 2
    sender, school = data["senders"][0]["id"], data["schools"][0]["id"]
    data["distances"] = [{"sender": sender, "receiver": school, "km": 905}]
    plan = countyplan.read_plan(write())
    assert "distances" in plan.tables
    assert plan.rows("distances") == [{"sender": sender, "receiver": school, "km": 905}]
    again = pickle.loads(pickle.dumps(plan))
    assert again == plan and again.rows("distances") == plan.rows("distances")
    countyplan.write_plan(plan, tmp_path / "tables")
    assert countyplan.read_plan(tmp_path / "tables") == plan
    data["distances"].append({"sender": sender, "receiver": "nowhere", "km": -1})
    with pytest.raises(countyplan.InvalidPlan) as caught:
        countyplan.read_plan(write())
    assert {"distances[1].receiver", "distances[1].km"} <= {finding.place for finding in caught.value.findings}


def test_representations_say_what_it_is(small):
    assert "2 counties" in repr(small)
    assert "<script" not in small._repr_html_()


def test_enumerations_are_texts_with_the_names_of_the_files():
    assert countyplan.Role.mid_level == "mid_level"
    assert countyplan.Role("principal") is countyplan.Role.principal
    assert countyplan.Role.teacher.text("zh") == "骨干教师"
    assert json.dumps(countyplan.LinkKind.FS) == '"FS"'
    assert pickle.loads(pickle.dumps(countyplan.Tier.fit)) is countyplan.Tier.fit
    with pytest.raises(ValueError):
        countyplan.Role("headmaster")


def test_frames_make_the_plan_that_they_came_from(guangxi):
    tables = {table: guangxi.to_pandas(table) for table in guangxi.tables}
    head = {"name": guangxi.name, "version": guangxi.version, "period": guangxi.period, "weights": guangxi.weights}
    again = countyplan.Plan.from_frames(**head, **tables, objective=list(countyplan.allocate(guangxi).tiers))
    assert again == guangxi and again.fingerprint == guangxi.fingerprint
    columns = {name: {field: frame[field] for field in frame} for name, frame in tables.items()}
    assert again == countyplan.Plan.from_frames(**head, **columns, objective=list(countyplan.allocate(guangxi).tiers))


def test_frames_that_are_wrong_are_refused_by_table_row_and_column(small):
    pandas = pytest.importorskip("pandas")
    tables = {table: small.to_pandas(table) for table in small.tables}
    tables["posts"].loc[2, "school"] = "nowhere"
    with pytest.raises(countyplan.InvalidPlan) as caught:
        countyplan.Plan.from_frames(period=small.period, **tables)
    errors = [finding for finding in caught.value.findings if finding.severity == "error"]
    assert [(f.place, f.table, f.row, f.value, f.line) for f in errors] == [
        ("posts[2].school", "posts", 2, "nowhere", None)
    ]
    make, period = countyplan.Plan.from_frames, small.period
    for given, error, words in (
        ({"countys": []}, ValueError, "did you mean 'counties'"),
        ({"counties": 3}, TypeError, "counties must be rows"),
        ({"counties": {"code": "451024"}}, TypeError, "must be a column of values, not str"),
        ({"counties": {"code": ["1"], "name_zh": []}}, ValueError, "differ in length"),
        ({"counties": {3: ["1"]}}, TypeError, "texts for names"),
        ({"counties": {"code": ["45\ud800"]}}, ValueError, "lone surrogate"),
        ({"counties": {"code": [object()]}}, TypeError, r"counties.code\[0\] cannot hold"),
        ({"counties": {"code": [datetime.datetime(2024, 1, 1, 12)]}}, ValueError, "without hour"),
        ({"tasks": {"budget": [decimal.Decimal("0.1") + decimal.Decimal(10) ** 20]}}, ValueError, "more digits"),
        ({"counties": {"lat": [float("inf")]}}, ValueError, ""),
        ({"counties": pandas.DataFrame([[1, 2]], columns=["code", "code"])}, ValueError, "two columns"),
        ({"weights": {"fit": True}}, TypeError, "not a bool"),
        ({"objective": ["fitt"]}, ValueError, "did you mean 'fit'"),
    ):
        with pytest.raises(error, match=words):
            make(period=period, **given)
    with pytest.raises(TypeError, match="period must be two days"):
        make(period="2024-09-01")
    with pytest.raises(ValueError, match="period must be a day"):
        make(period=("2024-09-01", "2024-13-01"))
