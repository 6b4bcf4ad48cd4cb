"""The compiled statements of lists answer what is worked out row by row."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tessera.schema.model import Model
from tessera.sql.answers import Answers
from tessera.sql.dialects.sqlite import SQLITE
from tests.properties.read_oracle import CREATOR, Oracle
from tests.properties.read_strategies import ONE, TWO, USER, api_questions, grants, questions, twin, worlds
from tests.properties.read_world import Allowed, Plain, reader

# Shrinking costs minutes, as every step makes a database; a failure is told by its question, rights and rows.
FAST = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@FAST
@given(st.data())
def test_a_list_answers_what_is_worked_out_row_by_row(data: st.DataObject) -> None:
    """
    For any project, rows, rights and question the statement's answer equals that of a plain evaluator.
    """
    world = data.draw(worlds(), "rows")
    rights = data.draw(grants(world.schema), "rights")
    answers, oracle = Answers(world.schema, SQLITE), Oracle(world, rights.get)
    for _ in range(4):
        uid = data.draw(st.sampled_from([ONE, TWO]))
        params = data.draw(questions(world.schema, world.schema.content_types[uid]), "question")
        statement = answers.managed_list(uid, params, reader(rights), default_locale="en")

        assert oracle.listed(uid, params) == world.answer(statement), (params, rights, world.rows)


@FAST
@given(st.data())
def test_f1_to_f13_hidden_values_change_no_byte(data: st.DataObject) -> None:
    """
    Two databases that differ only in values which the reader may not see give the same bytes to every question.
    """
    world = data.draw(worlds(), "rows")
    rights = data.draw(grants(world.schema), "rights")
    answers, oracle = Answers(world.schema, SQLITE), Oracle(world, rights.get)

    def hidden(model: Model, row: Plain, name: str) -> bool:
        if model.uid == USER:
            return name not in CREATOR  # Whoever reads an entry sees by these who made it.
        return not (oracle.sees(model, row) and oracle.asks(model, row, name))

    other = twin(data.draw, world, hidden)
    for _ in range(4):
        uid = data.draw(st.sampled_from([ONE, TWO]))
        params = data.draw(questions(world.schema, world.schema.content_types[uid]), "question")
        statement = answers.managed_list(uid, params, reader(rights), default_locale="en")

        assert world.body(statement) == other.body(statement)


@FAST
@given(st.data())
def test_what_is_populated_is_worked_out_row_by_row(data: st.DataObject) -> None:
    """
    Nested populates with filters, sorts and counts answer what a plain evaluator finds, and show nothing hidden.
    """
    world = data.draw(worlds(), "rows")
    rights = {ONE: Allowed(), TWO: data.draw(st.sampled_from([Allowed(), None]), "right to the other type")}
    answers, oracle = Answers(world.schema, SQLITE), Oracle(world, rights.get)
    other = twin(data.draw, world, lambda model, _, name: model.attributes[name].type == "password")
    params = data.draw(api_questions(world.schema, world.schema.content_types[ONE]), "question")
    statement = answers.api_list(ONE, params, reader(rights), locales=["en"])

    assert oracle.api_listed(ONE, params) == world.answer(statement)["data"], (params, rights, world.rows)
    assert world.body(statement) == other.body(statement)
