#!/usr/bin/env python3
"""Writes the pins of an invented workshop and their people surface, straight from the definition, with numpy only.

    python -m venv VENV && VENV/bin/pip install numpy==2.4.6
    VENV/bin/python tests/reference/people_surface.py pins > tests/reference/workshop_pins.csv
    VENV/bin/python tests/reference/people_surface.py surface > tests/reference/workshop_surface.csv

  M_v(s)  = sum over participants of the largest exp(-d^2 / (2 sigma^2)) among their pins that say v (mixed says both)
  p0      = sum over cells of M_unsafe / sum over cells of (M_unsafe + M_safe)
  p(s)    = (M_unsafe + 2 p0) / (M_unsafe + M_safe + 2)
  near(s) = distinct participants with a pin within 1.5 sigma

The grid has cells of 25 m on multiples of 25 m, 3 sigma around the pins; every 7th cell is written. The tests read the
CSV; they need no Python.
"""
import csv
import sys
from pathlib import Path

import numpy as np

CELL, HERE = 25.0, Path(__file__).parent


def pins(people=40, seed=3):
    rng = np.random.default_rng(seed)
    busy = np.array([[250, 300], [500, 700], [750, 450], [400, 450], [800, 850]], float)
    for i in range(people):
        mood = rng.beta(2, 2)
        for _ in range(1 + rng.poisson(5)):
            at = rng.random(2) * 1000 if rng.random() < 0.3 else busy[rng.integers(5)] + rng.normal(0, 60, 2)
            feeling = "mixed" if rng.random() < 0.08 else "unsafe" if rng.random() < mood else "safe"
            yield f"A{i + 1}", *np.clip(at, 0, 1000).round(1), feeling


def surface(sigma):
    rows = list(csv.DictReader(open(HERE / "workshop_pins.csv")))
    who = np.array([r["participant"] for r in rows])
    xy = np.array([[float(r["x_m"]), float(r["y_m"])] for r in rows])
    feeling = np.array([r["feeling"] for r in rows])
    low = np.floor((xy.min(0) - 3 * sigma) / CELL) * CELL
    high = np.ceil((xy.max(0) + 3 * sigma) / CELL) * CELL
    gx, gy = np.meshgrid(np.arange(low[0] + CELL / 2, high[0], CELL), np.arange(low[1] + CELL / 2, high[1], CELL))
    cells = np.c_[gx.ravel(), gy.ravel()]
    d2 = ((cells[:, None, :] - xy[None]) ** 2).sum(2)
    k = np.exp(-d2 / (2 * sigma**2))
    m = {v: sum(k[:, (who == i) & says].max(1) for i in np.unique(who[says]))
         for v, says in (("unsafe", feeling != "safe"), ("safe", feeling != "unsafe"))}
    p0 = m["unsafe"].sum() / (m["unsafe"] + m["safe"]).sum()
    near = sum((d2[:, who == i] <= (1.5 * sigma) ** 2).any(1).astype(int) for i in np.unique(who))
    for c, u, s, n in list(zip(cells, m["unsafe"], m["safe"], near))[::7]:
        yield sigma, c[0], c[1], f"{u:.9f}", f"{s:.9f}", f"{(u + 2 * p0) / (u + s + 2):.9f}", n


if sys.argv[1] == "pins":
    print("participant,x_m,y_m,feeling", *(",".join(map(str, r)) for r in pins()), sep="\n")
else:
    print("sigma_m,x_m,y_m,people_unsafe,people_safe,share_unsafe,people_near",
          *(",".join(map(str, r)) for sigma in (60.0, 100.0, 250.0) for r in surface(sigma)), sep="\n")
