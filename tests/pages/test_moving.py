"""The page on moved digits: a guess, a move, and what moved along."""

from __future__ import annotations

from tests.support.pages import OpenPage, all_text


def test_guess_then_move(open_page: OpenPage) -> None:
    """Nothing is shown before the guess; the address holds the move, and a move changes the counts."""
    app = open_page("moving", model="baseline")
    assert "In every layer" not in all_text(app)

    key = next(button.key for button in app.button if button.label == "Show me without a guess")
    assert key == "moving-pool1-show"
    app.button(key=key).click().run()
    assert not app.exception
    assert (app.query_params["down"], app.query_params["right"]) == ("0", "2")
    assert "| `pool1` | 2 pixels | 1 right | 2,496 of 2,496 |" in all_text(app)
    assert "| `pool2` | 4 pixels | ½ right | 473 of 800 |" in all_text(app)

    app.slider(key="right").set_value(1).run()
    assert "| `conv1` | 1 pixel | 1 right | 10,400 of 10,400 |" in all_text(app)
    assert "| `pool1` | 2 pixels | ½ right | 2,001 of 2,704 |" in all_text(app)
    app.slider(key="down").set_value(-4).run()
    assert "| `pool1` | 2 pixels | ½ right, 2 up |" in all_text(app)
    assert app.query_params["down"] == "-4"


def test_address(open_page: OpenPage) -> None:
    """A link moves the digit; a move that is none gets a notice."""
    app = open_page("moving", model="baseline", down="3", right="-1", layer="pool2")
    app.button(key="moving-pool1-show").click().run()
    assert (app.slider(key="down").value, app.slider(key="right").value) == (3, -1)
    assert app.session_state["layer"] == "pool2"
    for nonsense in ("5", "--1", "x", "1e9", "٣"):
        lost = open_page("moving", model="baseline", right=nonsense)
        lost.button(key="moving-pool1-show").click().run()
        assert "can be moved by −4 to 4 pixels" in lost.warning[0].value
        assert lost.slider(key="right").value == 2
