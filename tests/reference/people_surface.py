#!/usr/bin/env python3
"""Writes the pins of an invented workshop and their people surface, straight from the definition, with numpy only.

    python -m venv VENV && VENV/bin/pip install numpy==2.4.6
    VENV/bin/python tests/reference/people_surface.py pins > tests/reference/workshop_pins.csv
    VENV/bin/python tests/reference/people_surface.py surface > tests/reference/workshop_surface.csv
    VENV/bin/python tests/reference/people_surface.py clear > tests/reference/clear_pins.csv
    VENV/bin/python tests/reference/people_surface.py verdict > tests/reference/clear_verdict.csv

  M_v(s)  = sum over participants of the largest exp(-d^2 / (2 sigma^2)) among their pins that say v (mixed says both)
  p0      = sum over cells of M_unsafe / sum over cells of (M_unsafe + M_safe)
  p(s)    = (M_unsafe + 2 p0) / (M_unsafe + M_safe + 2)
  near(s) = distinct participants with a pin within 1.5 sigma
  z(s)    = (p - mean) / (sd + 0.02) over shuffles of each person's own safe and unsafe labels over their own pins, at the
            cells with near >= 5; a signal above the 95 % point of the largest z of a shuffle, or below the mirror image

The grid has cells of 25 m on multiples of 25 m, 3 sigma around the pins; every 7th cell of the surface is written, and
every 3rd that the test looks at. The clear case has one spot that nine of ten find unsafe and one that nine of ten find
safe. The tests read the CSV; they need no Python.
"""
import csv
import sys
from pathlib import Path

import numpy as np

CELL, HERE = 25.0, Path(__file__).parent


def pins(people=40, seed=3, known=None):
    rng = np.random.default_rng(seed)
    busy = np.array([[250, 300], [500, 700], [750, 450], [400, 450], [800, 850]], float)
    for i in range(people):
        mood = rng.beta(2, 2)
        for _ in range(1 + rng.poisson(5)):
            at = rng.random(2) * 1000 if rng.random() < 0.3 else busy[rng.integers(5)] + rng.normal(0, 60, 2)
            p = mood
            for spot, says in (known or {}).items():
                p = says if np.hypot(*(at - busy[spot])) < 120 else p
            feeling = "mixed" if rng.random() < 0.08 else "unsafe" if rng.random() < p else "safe"
            yield f"A{i + 1}", *np.clip(at, 0, 1000).round(1), feeling


def read(name):
    rows = list(csv.DictReader(open(HERE / name)))
    who = np.array([r["participant"] for r in rows])
    return who, np.array([[float(r["x_m"]), float(r["y_m"])] for r in rows]), np.array([r["feeling"] for r in rows])


def cells_around(xy, sigma):
    low = np.floor((xy.min(0) - 3 * sigma) / CELL) * CELL
    high = np.ceil((xy.max(0) + 3 * sigma) / CELL) * CELL
    gx, gy = np.meshgrid(np.arange(low[0] + CELL / 2, high[0], CELL), np.arange(low[1] + CELL / 2, high[1], CELL))
    return np.c_[gx.ravel(), gy.ravel()]


def people(k, who, feeling):
    return {v: sum(k[:, (who == i) & says].max(1) for i in np.unique(who[says]))
            for v, says in (("unsafe", feeling != "safe"), ("safe", feeling != "unsafe"))}


def surface(sigma, name="workshop_pins.csv"):
    who, xy, feeling = read(name)
    cells = cells_around(xy, sigma)
    d2 = ((cells[:, None, :] - xy[None]) ** 2).sum(2)
    k = np.exp(-d2 / (2 * sigma**2))
    m = people(k, who, feeling)
    p0 = m["unsafe"].sum() / (m["unsafe"] + m["safe"]).sum()
    near = sum((d2[:, who == i] <= (1.5 * sigma) ** 2).any(1).astype(int) for i in np.unique(who))
    for c, u, s, n in list(zip(cells, m["unsafe"], m["safe"], near))[::7]:
        yield sigma, c[0], c[1], f"{u:.9f}", f"{s:.9f}", f"{(u + 2 * p0) / (u + s + 2):.9f}", n


def verdict(sigma=100.0, shuffles=9999, seed=1):
    who, xy, feeling = read("clear_pins.csv")
    cells = cells_around(xy, sigma)
    d2 = ((cells[:, None, :] - xy[None]) ** 2).sum(2)
    k = np.exp(-d2 / (2 * sigma**2))
    m = people(k, who, feeling)
    p0 = m["unsafe"].sum() / (m["unsafe"] + m["safe"]).sum()
    eligible = sum((d2[:, who == i] <= (1.5 * sigma) ** 2).any(1).astype(int) for i in np.unique(who)) >= 5
    k, cells, rng = k[eligible], cells[eligible], np.random.default_rng(seed)

    def share(feeling):
        m = people(k, who, feeling)
        return (m["unsafe"] + 2 * p0) / (m["unsafe"] + m["safe"] + 2)

    def shuffle():
        dealt = feeling.copy()
        for i in np.unique(who):
            mine = np.where((who == i) & (feeling != "mixed"))[0]
            dealt[mine] = rng.permutation(feeling[mine])
        return dealt

    shuffled = np.array([share(shuffle()) for _ in range(shuffles)])
    mean, sd = shuffled.mean(0), shuffled.std(0) + 0.02
    z, zs = (share(feeling) - mean) / sd, (shuffled - mean) / sd
    high, low = np.quantile(zs.max(1), 0.95), np.quantile(zs.min(1), 0.05)
    yield "thresholds", f"{high:.4f}", f"{low:.4f}", len(cells)
    for c, z in list(zip(cells, z))[::3]:
        yield c[0], c[1], f"{z:.4f}", 1 if z > high else -1 if z < low else 0


if sys.argv[1] == "pins":
    print("participant,x_m,y_m,feeling", *(",".join(map(str, r)) for r in pins()), sep="\n")
elif sys.argv[1] == "clear":
    print("participant,x_m,y_m,feeling", *(",".join(map(str, r)) for r in pins(40, 5, {1: 0.9, 2: 0.1})), sep="\n")
elif sys.argv[1] == "verdict":
    print("x_m,y_m,z,signal", *(",".join(map(str, r)) for r in verdict()), sep="\n")
else:
    print("sigma_m,x_m,y_m,people_unsafe,people_safe,share_unsafe,people_near",
          *(",".join(map(str, r)) for sigma in (60.0, 100.0, 250.0) for r in surface(sigma)), sep="\n")
