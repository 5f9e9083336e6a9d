"""What a lying browser may send as the value of a component or a widget."""

from __future__ import annotations

from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

NESTED = "[" * 400 + "]" * 400
# As they stand in a message: what is no JSON, Python reads all the same.
ANYTHING = [
    *("null", "true", "-1", "0", "0.5", "3", "NaN", "Infinity", "1e999", "9" * 30),
    *('""', '"x"', '"test-99999999"', '"draw-AAAA"', "[]", "{}", NESTED),
    *("[0]", "[1, 1]", "[0, 0, 1]", "[NaN, NaN]", "[Infinity, 0]", "[true, true]"),
    *('["a", "b"]', "[[0], [0]]", "[-1, -1]", "[null, null, null]", "[1e30, 0, 1]"),
    *("[0, 0, NaN]", "[0, 0, 1e999]", '[0, 0, "x"]', "[0.5, 0.5, 1]"),
    *('{"layer": "conv1", "unit": NaN}', '{"layer": ["x"], "unit": 0}', '{"layer": "conv1"}'),
    *('{"settings": [1e308, NaN, 0, 0, 0], "number": 1}', '{"settings": [[], {}, 0, 0, 0]}'),
    *('{"settings": [0.7], "number": 1e400}', '{"off": [0, -1, 1e9], "number": 1}', '{"off": {}}'),
    *('{"pixels": 5, "version": 1}', '{"pixels": "é", "version": []}', '{"version": {}}'),
]
EVENTS = ("chosen", "edited", "linked", "switched", "moved", "again", "held", "wanted")


def forge(app: AppTest, widget: str, **field: Any) -> None:
    """Run the page again with what a browser claims a widget's value to be, in a field of its choice."""
    states: WidgetStates = app._tree.get_widget_states()
    honest = [state for state in states.widgets if state.id != widget]
    forged = WidgetState(id=widget)
    for name, value in field.items():
        if name.endswith("array_value"):
            getattr(forged, name).SetInParent()
            getattr(forged, name).data.extend(value)
        elif name == "string_trigger_value":
            forged.string_trigger_value.data = value
        else:
            setattr(forged, name, value)
    app._run(WidgetStates(widgets=[*honest, forged]))


def widgets(app: AppTest, kind: str) -> list[str]:
    """The ids of all widgets of a kind."""
    protos: list[Any] = [getattr(node, "proto", None) for node in app._tree]
    return [proto.id for proto in protos if type(proto).__name__ == kind and proto.id]


def widget(app: AppTest, key: str) -> str:
    """The id of the widget with a key."""
    protos: list[Any] = [getattr(node, "proto", None) for node in app._tree]
    ids: list[str] = [getattr(proto, "id", "") for proto in protos]
    return next(each for each in ids if each.endswith(f"-{key}"))


def triggered(component: str, value: str, *names: str) -> dict[str, str]:
    """A component's message that says all of its events have happened, with one value.

    names: of the events; those of most components, unless given.
    """
    events = ",".join(f'{{"event": "{event}", "value": {value}}}' for event in names or EVENTS)
    return {
        "widget": f"$$STREAMLIT_INTERNAL_KEY_{component}__events",
        "json_trigger_value": f"[{events}]",
    }
