"""Models kept in the data folder: numbers and names only, never a program; each named by what it is."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from xiaoer.base.errors import ReportableError
from xiaoer.inspection.model.card import Card
from xiaoer.inspection.model.features import SHAPES, Marks
from xiaoer.inspection.model.linear import TextModel

FORMAT = 1
CURRENT = "current.json"


@dataclass(frozen=True)
class KeptModel:
    """A model with its card, its version and when it was trained (UTC)."""

    name: str
    version: str
    trained_at: datetime
    model: TextModel
    card: Card


class KeptModels:
    """The models of one shop in a folder: `<name>-<version>.npz` and `.json`, and which of them holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, model: TextModel, card: Card, *, now: datetime) -> KeptModel:
        """Write a model and make it the current one; the same model again keeps its version and its first time."""
        self._folder.mkdir(parents=True, exist_ok=True)
        version = version_of(model)
        place = self._folder / f"{name}-{version}"
        if not place.with_suffix(".json").exists():
            described = {"format": FORMAT, "trained_at": now.isoformat(), "labels": list(model.labels),
                         "moods": [[mood, list(words)] for mood, words in model.marks.moods.items()],
                         "card": asdict(card)}  # fmt: skip
            arrays = {"weights": model.weights, **_packed(model.runs)}
            part = self._folder / f"{uuid4().hex}.part"
            with part.open("wb") as file:
                np.savez_compressed(file, allow_pickle=False, **arrays)
            part.replace(place.with_suffix(".npz"))
            _write(place.with_suffix(".json"), described)
        _write(self._folder / CURRENT, {**self._current(), name: version})
        return self.load(name, version)

    def current(self, name: str) -> KeptModel | None:
        """Return the model of this name that holds; None before the first. A ReportableError when it is damaged."""
        version = self._current().get(name)
        return None if version is None else self.load(name, version)

    def names(self) -> tuple[str, ...]:
        """Return the names of the models that hold, ascending."""
        return tuple(sorted(self._current()))

    def versions(self, name: str) -> Iterator[KeptModel]:
        """Yield every version kept of a model, the latest first."""
        found = [self.load(name, file.stem.rpartition("-")[2]) for file in self._folder.glob(f"{name}-*.json")]
        yield from sorted(found, key=lambda one: (one.trained_at, one.version), reverse=True)

    def load(self, name: str, version: str) -> KeptModel:
        """Return one version; a ReportableError when its files are missing, damaged or not what they say."""
        place = self._folder / f"{name}-{version}"
        try:
            described = json.loads(place.with_suffix(".json").read_text("utf-8"))
            with place.with_suffix(".npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                weights = np.asarray(arrays["weights"], np.float64)
                runs = _unpacked(arrays["characters"], arrays["ends"])
            moods = {str(mood): tuple(map(str, words)) for mood, words in described["moods"]}
            model = TextModel(tuple(map(str, described["labels"])), runs, Marks(moods), weights)
            card = _card(described["card"])
            trained_at = datetime.fromisoformat(described["trained_at"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
            raise _damaged(name) from error
        shape = (len(runs) + len(moods) + len(SHAPES) + 1, len(model.labels))
        if weights.shape != shape or version_of(model) != version or not np.isfinite(weights).all():
            raise _damaged(name)
        return KeptModel(name, version, trained_at, model, card)

    def _current(self) -> dict[str, str]:
        try:
            found = json.loads((self._folder / CURRENT).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            raise _damaged(CURRENT) from None
        return {str(name): str(version) for name, version in found.items()} if isinstance(found, dict) else {}


def version_of(model: TextModel) -> str:
    """Return what names a model: equal models have equal names, on any machine."""
    made = sha256(json.dumps([FORMAT, model.labels, model.runs, list(model.marks.moods.items())]).encode())
    made.update(np.ascontiguousarray(model.weights.round(9) + 0.0).tobytes())
    return made.hexdigest()[:12]


def _packed(runs: tuple[str, ...]) -> dict[str, npt.NDArray[Any]]:
    characters = np.frombuffer("".join(runs).encode("utf-32-le"), np.uint32)
    return {"characters": characters, "ends": np.cumsum([0, *map(len, runs)])}


def _unpacked(characters: npt.NDArray[Any], ends: npt.NDArray[Any]) -> tuple[str, ...]:
    text = np.ascontiguousarray(characters, np.uint32).tobytes().decode("utf-32-le")
    return tuple(text[start:end] for start, end in zip(ends[:-1], ends[1:], strict=True))


def _card(found: dict[str, Any]) -> Card:
    values = {field.name: found[field.name] for field in fields(Card)}
    listed = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    nested = {name: tuple(map(tuple, listed[name])) for name in ("said_of", "curve")}
    return Card(**{**values, **listed, **nested})


def _write(place: Path, content: object) -> None:
    part = place.with_name(f"{uuid4().hex}.part")
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    part.replace(place)


def _damaged(name: str) -> ReportableError:
    return ReportableError.of("models.damaged", values={"name": name})
