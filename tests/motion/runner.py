"""A runner made of equations: times of contact and toe-off are known before any code of gerdy has run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gerdy.recordings.data import Forces, Markers
from gerdy.recordings.marker_sets import MarkerSet, shipped_marker_sets

GRAVITY = 9.80665


def rbds() -> MarkerSet:
    return next(known for known in shipped_marker_sets() if known.name == "rbds")


@dataclass(frozen=True)
class Runner:
    """Steady running on a treadmill, seen in ground axes.

    The vertical force of a stance is a half sine whose mean over a step is body weight:
    peak = pi/2 · body weight · step time / contact time.
    """

    step_s: float = 0.36
    contact_s: float = 0.24
    speed_m_s: float = 3.0
    mass_kg: float = 60.0
    duration_s: float = 10.0
    first_s: float = 0.11
    step_width_m: float = 0.10

    @property
    def peak_n(self) -> float:
        return np.pi / 2 * self.mass_kg * GRAVITY * self.step_s / self.contact_s

    def contacts(self) -> np.ndarray:
        """(steps, 2) s; steps alternate, the first is the right foot."""
        start = np.arange(self.first_s, self.duration_s, self.step_s)
        return np.stack([start, start + self.contact_s], axis=1)

    def vertical(self, time_s: np.ndarray) -> np.ndarray:
        phase = (time_s[:, None] - self.contacts()[:, 0]) / self.contact_s
        return np.where((phase > 0) & (phase < 1), self.peak_n * np.sin(np.pi * phase), 0.0).sum(axis=1)

    def forces(self, rate_hz: float = 300.0, offset_n: float = 0.0) -> Forces:
        time = np.arange(int(self.duration_s * rate_hz)) / rate_hz
        force = np.zeros((len(time), 1, 3))
        force[:, 0, 1] = self.vertical(time) + offset_n
        nothing = np.zeros_like(force)
        return Forces(("plate 1",), force, nothing, nothing, rate_hz)

    def markers(self, rate_hz: float = 150.0) -> Markers:
        time = np.arange(int(self.duration_s * rate_hz)) / rate_hz
        labels, columns = [], []
        for side, letter, first, sign in (("right", "R", 0, 1), ("left", "L", 1, -1)):
            forward, up = self._foot(time, self.contacts()[first::2, 0])
            for label, ahead, outwards in (
                ("Heel.Bottom", -0.10, 0.0),
                ("Heel.Top", -0.10, 0.0),
                ("Heel.Lateral", -0.08, 0.02),
                ("MT1", 0.08, -0.03),
                ("MT5", 0.05, 0.04),
            ):
                across = sign * (self.step_width_m / 2 + outwards)
                height = 0.03 + (0.03 if label == "Heel.Top" else 0.0)
                columns.append(np.stack([forward + ahead, up + height, np.full_like(up, across)], axis=1))
                labels.append(f"{letter}.{label}")
            for label, ahead, half_width in (("ASIS", 0.10, 0.12), ("PSIS", -0.08, 0.05), ("Iliac.Crest", 0.02, 0.14)):
                bounce = 1.0 + 0.03 * np.cos(
                    2 * np.pi * (time - self.first_s - self.contact_s / 2) / self.step_s + np.pi
                )
                columns.append(
                    np.stack([np.full_like(time, ahead), bounce, np.full_like(time, sign * half_width)], axis=1)
                )
                labels.append(f"{letter}.{label}")
            for part, height, ahead in (("Thigh", 0.7, 0.03), ("Shank", 0.3, -0.02)):
                for level, low in (("Top", 0.05), ("Bottom", -0.05)):
                    for place, out in (("Lateral", 0.06), ("Medial", 0.02)):
                        x = 0.5 * forward * (1 - height) + ahead
                        y = np.full_like(time, height + low) + 0.3 * up
                        columns.append(np.stack([x, y, np.full_like(time, sign * (0.08 + out))], axis=1))
                        labels.append(f"{letter}.{part}.{level}.{place}")
            del side
        return Markers(tuple(labels), np.stack(columns, axis=1), rate_hz)

    def _foot(self, time: np.ndarray, contacts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Forward and upward motion of a flat foot: with the belt in stance, lifted and thrown forward in swing."""
        stride = 2 * self.step_s
        phase = np.mod(time - contacts[0], stride)
        stance = phase < self.contact_s
        swing = np.clip((phase - self.contact_s) / (stride - self.contact_s), 0, 1)
        reach = self.speed_m_s * self.contact_s / 2
        forward = np.where(stance, reach - self.speed_m_s * phase, -reach * np.cos(np.pi * swing))
        up = np.where(stance, 0.0, 0.25 * np.sin(np.pi * swing))
        return forward, up
