"""Train a network from the command line: `python -m cnn_core.train --help`."""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import io
import json
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cnn_core.errors import DigitScopeError, TrainingConfigError
from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import (
    HELD_OUT_IMAGES,
    OPTIMIZERS,
    PRESETS,
    TRAINABLE_IMAGES,
    Augmentation,
    TrainingConfig,
)
from cnn_core.store.own_runs import find_run
from cnn_core.store.store import (
    RUNS_VARIABLE,
    StoredModel,
    check_destination,
    open_model,
    runs_root,
)
from cnn_core.training.estimate import bytes_needed
from cnn_core.training.events import (
    Batch,
    Done,
    Epoch,
    Event,
    Failed,
    Report,
    Start,
    Stopped,
    description,
    line_of,
)
from cnn_core.training.native_stderr import held_back

EXIT_FAILED = 1
EXIT_BAD_CONFIG = 2
EXIT_STOPPED = 130

# Whoever asks for a stop gets it after the batch at hand; who has left cannot wait for longer.
SECONDS_UNTIL_GONE = 5.0
NICENESS = 10
_PR_SET_PDEATHSIG = 1  # From <sys/prctl.h>.

_EPILOG = f"""
Examples:
  python -m cnn_core.train --preset baseline
  python -m cnn_core.train --filters 8 16 --epochs 3 --training-images 5000
  python -m cnn_core.train --preset improved --seed 1 --output runs/improved-1
  python -m cnn_core.train --config runs/0123456789ab/config.json --force

The last {HELD_OUT_IMAGES:,} of the 60,000 training images are never trained on; validation figures
are theirs. A config that was trained before is not trained again (see --force). The run stops, and
saves nothing, on Ctrl-C, on SIGTERM, and when the pipe that is its standard input or output closes.
A line “stop” on a pipe that is its standard input ends it after epoch 1 or later, and saves the
weights of the epoch that read the held-out images best.

Exit status: 0 trained or found, 1 failed, 2 settings that cannot be run, 130 stopped.

With --json, standard error is what libraries write, nothing of it an answer, and standard output is
one JSON object a line, told apart by "event":
{description()}
"""


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, train, report; the exit status is returned."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show the bar of progress shows question marks, and the training goes on.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        return _run(options, _report_json if options.json else TerminalReporter())
    except BrokenPipeError:
        # Whoever read the events is gone. What Python still flushes at exit goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_STOPPED


def _run(options: argparse.Namespace, report: Report) -> int:
    try:
        config = config_from(options)
    except DigitScopeError as error:
        report(Failed(str(error)))
        return EXIT_BAD_CONFIG
    if not options.force and (found := _already_trained(config, options.output)):
        report(Done(config.run_id, str(found.folder), cached=True, **found.results))
        return 0
    if options.background:
        _go_into_background()
    folder = options.output or runs_root() / config.run_id
    try:
        check_destination(folder, bytes_needed(config))
    except DigitScopeError as error:
        report(Failed(str(error)))
        return EXIT_BAD_CONFIG
    wishes = _Wishes()

    def found_meanwhile() -> StoredModel | None:
        return None if options.force else _already_trained(config, options.output)

    try:
        with _stopping_on_signals(wishes.stop):
            _listen_to_parent(wishes)
            _train(config, folder, report, wishes, found_meanwhile, options.output is None)
    except _Stopped:
        report(Stopped("Training was stopped; nothing was saved."))
        return EXIT_STOPPED
    except DigitScopeError as error:
        report(Failed(str(error)))
        return EXIT_FAILED
    except MemoryError:
        report(Failed("Out of memory: take smaller batches or fewer filters."))
        return EXIT_FAILED
    return 0


def _go_into_background() -> None:
    """Let everything else go first, and do not outlive whoever started this process."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    if sys.platform == "linux":
        # A process that somebody has stopped (SIGSTOP) does not see its standard input close: when
        # its parent dies it is woken, so that it does.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGCONT))


def config_from(options: argparse.Namespace) -> TrainingConfig:
    """The preset or the config file, changed by every option that was given.

    Raises ArchitectureError or TrainingConfigError for settings that cannot be run.
    """
    preset = _read_config(options.config) if options.config else PRESETS[options.preset]
    given = {name: value for name, value in vars(options).items() if value is not None}

    def changed(kind: type[Any]) -> dict[str, Any]:
        return {name: given[name] for name in kind.__dataclass_fields__ if name in given}

    if "filters" in given:
        given["filters"] = tuple(given["filters"])
    return replace(
        preset,
        **changed(TrainingConfig),
        architecture=replace(preset.architecture, **changed(Architecture)),
        augmentation=replace(preset.augmentation, **changed(Augmentation)),
    )


def _read_config(path: str) -> TrainingConfig:
    try:
        if path == "-":
            # Byte for byte, because what comes after this line is for whoever listens later.
            with open(0, "rb", buffering=0, closefd=False) as lines:
                text = lines.readline()
        else:
            text = Path(path).read_bytes()
        return TrainingConfig.from_dict(json.loads(text))
    except OSError as error:
        raise TrainingConfigError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, DigitScopeError):
            raise
        raise TrainingConfigError(f"The training settings are not JSON: {error}.") from error


class TerminalReporter:
    """Events as lines for a person; on a terminal the line of the running epoch is rewritten."""

    def __init__(self) -> None:
        self._epochs = self._steps = 0
        self._rewrites = sys.stdout.isatty()

    def __call__(self, event: Event) -> None:
        """Print one event."""
        match event:
            case Start():
                self._epochs, self._steps = event.epochs, event.steps
                print(f"Run {event.run}: {event.parameters:,} parameters, {event.epochs} epochs.")
            case Batch() if self._rewrites:
                bar = "█" * round(20 * event.batch / self._steps)
                line = f"{self._epoch(event)} {bar:·<20} loss {event.loss:.4f}"
                print(f"\r{line}  accuracy {event.accuracy:.2%}\x1b[K", end="", flush=True)
            case Epoch():
                start = "\r" if self._rewrites else ""
                end = "\x1b[K" if self._rewrites else ""
                print(
                    f"{start}{self._epoch(event)} loss {event.loss:.4f}"
                    f"  accuracy {event.accuracy:.2%}"
                    f"  validation {event.validation_accuracy:.2%}  {event.seconds:.0f} s{end}",
                    flush=True,
                )
            case Done():
                before = "Trained before" if event.cached else "Trained"
                accuracy = open_model(Path(event.folder)).validation_accuracy
                print(f"{before}: {accuracy:.2%} of the held-out digits, in {event.folder}.")
            case Failed() | Stopped():
                print(event.message, file=sys.stderr)

    def _epoch(self, event: Batch | Epoch) -> str:
        return f"Epoch {event.epoch:>{len(str(self._epochs))}}/{self._epochs}"


class _Stopped(Exception):
    pass


class _Wishes:
    """What whoever started this process wants of it, from another thread."""

    def __init__(self) -> None:
        self.stop, self.finish = threading.Event(), threading.Event()


def _train(
    config: TrainingConfig,
    folder: Path,
    report: Report,
    wishes: _Wishes,
    found_meanwhile: Callable[[], StoredModel | None],
    name_stopped: bool,
) -> None:
    # TensorFlow greets on standard error unless told not to, before it is first imported; on some
    # processors it greets even so. That is kept from a person's terminal. Under --json our words
    # are all on standard output, and standard error is left to libraries and their last words.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    from cnn_core.training.engine import TrainingStopped, import_libraries, train

    with held_back() if isinstance(report, TerminalReporter) else contextlib.nullcontext():
        import_libraries()
    try:
        train(
            config,
            folder,
            report,
            wishes.stop.is_set,
            wishes.finish.is_set,
            found_meanwhile,
            name_stopped,
        )
    except TrainingStopped:
        raise _Stopped from None


def _already_trained(config: TrainingConfig, output: Path | None) -> StoredModel | None:
    if output is None:
        return find_run(config)
    with contextlib.suppress(DigitScopeError):
        model = open_model(output)
        if model.config == config and model.is_complete:
            return model
    return None


@contextlib.contextmanager
def _stopping_on_signals(stop: threading.Event) -> Iterator[None]:
    def ask(_signal: int, _frame: object) -> None:
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _listen_to_parent(wishes: _Wishes) -> None:
    """Whoever starts this process with a pipe as its standard input can ask it to end.

    A line “stop” asks for the best so far; closing the pipe, which happens of itself when the
    parent dies, for nothing at all. A terminal, a file or /dev/null says nothing by being at its
    end, so they are not watched.
    """
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return

    def listen() -> None:
        heard = b""
        while part := os.read(0, 4096):
            *lines, heard = (heard + part).split(b"\n")
            if b"stop" in lines:
                wishes.finish.set()
        wishes.stop.set()
        # Importing, reading the test set and a very large batch do not ask whether to go on. What
        # is cut short there is a folder that is not in place yet.
        time.sleep(SECONDS_UNTIL_GONE)
        os._exit(EXIT_STOPPED)

    threading.Thread(target=listen, daemon=True).start()


def _report_json(event: Event) -> None:
    print(line_of(event), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cnn_core.train",
        description="Train a convolutional network on MNIST and save it in the store of models.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--preset",
        choices=sorted(PRESETS),
        default="baseline",
        help="settings to start from; every option below changes one of them (default: baseline)",
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="settings to start from instead, as a config.json has them; - is the first line of "
        "standard input",
    )
    network = parser.add_argument_group("network")
    network.add_argument(
        "--filters", type=int, nargs="+", metavar="N", help="kernels of each convolution"
    )
    network.add_argument(
        "--kernel-size", type=int, metavar="N", help="rows and columns of a kernel"
    )
    network.add_argument("--padding", choices=["valid", "same"], help="none, or a border of zeros")
    network.add_argument("--dense-units", type=int, metavar="N", help="units of the hidden layer")
    network.add_argument(
        "--dropout", type=float, metavar="SHARE", help="share of hidden units silenced in training"
    )
    training = parser.add_argument_group("training")
    training.add_argument("--epochs", type=int, metavar="N", help="passes over the training images")
    training.add_argument("--batch-size", type=int, metavar="N", help="images in a step")
    training.add_argument(
        "--optimizer", choices=OPTIMIZERS, help="how a gradient becomes a step; sgd has momentum"
    )
    training.add_argument("--learning-rate", type=float, metavar="RATE", help="size of a step")
    training.add_argument(
        "--schedule", choices=["constant", "cosine"], help="of the learning rate: cosine falls to 0"
    )
    training.add_argument(
        "--weight-decay", type=float, metavar="SHARE", help="of each weight, times learning rate"
    )
    training.add_argument(
        "--label-smoothing", type=float, metavar="SHARE", help="spread evenly over the ten digits"
    )
    training.add_argument(
        "--training-images",
        type=int,
        metavar="N",
        help=f"how many to train on, at most {TRAINABLE_IMAGES:,}",
    )
    training.add_argument("--seed", type=int, metavar="N", help="of every random choice")
    augmentation = parser.add_argument_group("augmentation: random movement of each training image")
    augmentation.add_argument("--shift", type=float, metavar="PIXELS", help="in each direction")
    augmentation.add_argument("--rotation", type=float, metavar="DEGREES", help="in each direction")
    augmentation.add_argument("--zoom", type=float, metavar="SHARE", help="of width and height")
    augmentation.add_argument(
        "--shear", type=float, metavar="PIXELS", help="for each row further down"
    )
    output = parser.add_argument_group("output")
    output.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        help=f"where to save the model (default: a folder of its own in ${RUNS_VARIABLE} or runs/)",
    )
    output.add_argument("--force", action="store_true", help="train even if it was trained before")
    output.add_argument("--json", action="store_true", help="report events as JSON lines")
    output.add_argument(
        "--background", action="store_true", help="let everything else on this machine go first"
    )
    return parser
