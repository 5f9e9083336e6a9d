"""The about page names sources, licences and the versions that are really in use."""

from __future__ import annotations

from importlib.metadata import version

from cnn_core.store.store import model_folder, open_model
from tests.support.pages import OpenPage, all_text
from tests.support.seen import plain


def test_versions_are_read(open_page: OpenPage) -> None:
    """Each package stands there with the version that is installed."""
    table = open_page("about").dataframe[0].value

    versions = dict(zip(table["Package"], table["Version"], strict=True))
    for name in ("streamlit", "keras", "numpy", "plotly"):
        assert versions[name] == version(name)
    assert any(name.startswith("tensorflow") for name in versions)


def test_sources_and_licence_are_named(open_page: OpenPage) -> None:
    """The book, the paper and the licence of the data are there."""
    text = all_text(open_page("about"))

    assert "Why Machines Learn" in text
    assert "10.1109/5.726791" in text
    assert "Creative Commons Attribution-ShareAlike 3.0" in text


def test_only_the_two_that_learned_from_all_are_said_to(open_page: OpenPage) -> None:
    """“Both learned from the first 54,000” stands below two networks, and no lesson's among them."""
    networks = [text.value for text in open_page("about").markdown if "it misreads" in text.value]

    assert [text.split(":")[0] for text in networks] == ["**Baseline", "**Improved"]


def test_each_network_has_its_own_figures(open_page: OpenPage) -> None:
    """Accuracy, mistakes, epochs, images, batches, and minutes."""
    said = plain(all_text(open_page("about")))
    for name, padding in (("baseline", "valid"), ("improved", "same")):
        model = open_model(model_folder(name))
        accuracy, config = model.results["test_accuracy"], model.config
        assert (
            f"**{model.title}: {100 * accuracy:.2f} % · {config.architecture.parameters:,} "
            f"parameters.** Padding “{padding}”, {config.epochs} epochs of 54,000 images in batches "
            f"of {config.batch_size}, trained in {model.results['seconds'] / 60:.1f} minutes"
        ) in said
        assert f"it misreads {round(10_000 - 10_000 * accuracy)}." in said


def test_who_learned_from_what(open_page: OpenPage) -> None:
    """54,000 and 6,000 of the training digits; five steps lie between the two networks."""
    said = all_text(open_page("about"))
    assert (
        "Both learned from the first 54,000 training digits. The last 6,000 were held out" in said
    )
    assert "The 5 steps between the two come with the app" in said
